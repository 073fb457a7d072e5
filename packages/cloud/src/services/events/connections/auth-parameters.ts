import type { Input, Output } from '../../../model/client-types.js';
import { invalid } from '../events-error.js';

/** How requests to an API destination are authorized, with its secrets, as CreateConnection takes it. */
export type AuthParameters = Input<'events', 'CreateConnection'>['AuthParameters'];
export type AuthorizationType = Input<'events', 'CreateConnection'>['AuthorizationType'];

type Told = NonNullable<Output<'events', 'DescribeConnection'>['AuthParameters']>;
type HttpParameters = NonNullable<AuthParameters['InvocationHttpParameters']>;

/** The parameters that go with each type. */
const NEEDED = {
  BASIC: 'BasicAuthParameters',
  API_KEY: 'ApiKeyAuthParameters',
  OAUTH_CLIENT_CREDENTIALS: 'OAuthParameters',
} as const satisfies Record<AuthorizationType, keyof AuthParameters>;

/** @throws AwsError ValidationException where the parameters are those of another type */
export function checkAuthParameters(type: AuthorizationType, parameters: AuthParameters): void {
  const needed = NEEDED[type];
  if (parameters[needed] === undefined) {
    throw invalid(`Parameter AuthParameters is not valid. Reason: ${needed} must be provided for ${type}.`);
  }
}

/** Values that are secret are not told; those of other parameters are. */
function openValues(parameters: HttpParameters): HttpParameters {
  const open = <P extends { readonly IsValueSecret?: boolean | undefined }>(all: readonly P[] | undefined) =>
    all?.map((parameter) => (parameter.IsValueSecret ? { ...parameter, Value: undefined } : parameter));
  return {
    HeaderParameters: open(parameters.HeaderParameters),
    QueryStringParameters: open(parameters.QueryStringParameters),
    BodyParameters: open(parameters.BodyParameters),
  };
}

/** The parameters as DescribeConnection tells them: without secrets. */
export function describeAuthParameters(parameters: AuthParameters): Told {
  const { BasicAuthParameters, ApiKeyAuthParameters, OAuthParameters, InvocationHttpParameters } = parameters;
  return {
    BasicAuthParameters: BasicAuthParameters && { Username: BasicAuthParameters.Username },
    ApiKeyAuthParameters: ApiKeyAuthParameters && { ApiKeyName: ApiKeyAuthParameters.ApiKeyName },
    OAuthParameters: OAuthParameters && {
      ClientParameters: { ClientID: OAuthParameters.ClientParameters.ClientID },
      AuthorizationEndpoint: OAuthParameters.AuthorizationEndpoint,
      HttpMethod: OAuthParameters.HttpMethod,
      OAuthHttpParameters: OAuthParameters.OAuthHttpParameters && openValues(OAuthParameters.OAuthHttpParameters),
    },
    InvocationHttpParameters: InvocationHttpParameters && openValues(InvocationHttpParameters),
  };
}
