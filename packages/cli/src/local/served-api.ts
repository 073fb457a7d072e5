import {
  apiDefinition,
  type HttpApiAuthorizer,
  httpApiDefinition,
  type Inventory,
  type StageOptions,
} from '@goblet/build';
import {
  type ApiModel,
  type Authorization,
  type AuthorizerDefinition,
  httpApiModel,
  importOpenApi,
} from '@goblet/cloud/execute-api';

/** An app's API, as plain JSON for the gateway. */
export interface ServedApi {
  readonly model: ApiModel;
  readonly stage: string;
  readonly stageVariables?: Readonly<Record<string, string>>;
}

/**
 * The API that a deployment of the app would have, with functions called by their logical names.
 * @throws BuildError for features that its kind of API does not have
 */
export function servedApi(inventory: Inventory, { stageName, stageVariables }: StageOptions = {}): ServedApi {
  const variables = stageVariables === undefined ? {} : { stageVariables };
  // The name of a stage would precede every path; here nothing precedes it.
  if (inventory.api === 'http') return { model: httpModel(inventory), stage: '$default', ...variables };
  const definition = apiDefinition(inventory, { functionUri: (name) => name, userPoolArns: (name) => [name] });
  return { model: importOpenApi(definition), stage: stageName ?? 'local', ...variables };
}

function httpModel(inventory: Inventory): ApiModel {
  const { routes, authorizers, cors } = httpApiDefinition(inventory);
  const byName = new Map(authorizers.map((authorizer) => [authorizer.name, authorizer]));
  return httpApiModel({
    name: inventory.name,
    routes: routes.map(({ method, path, function: uri, authorizer = '', scopes = [] }) => ({
      routeKey: `${method} ${path}`,
      uri,
      authorization: authorization(byName.get(authorizer), scopes),
    })),
    authorizers: Object.fromEntries(
      authorizers.flatMap((authorizer) => {
        const made = authorizerDefinition(authorizer);
        return made === undefined ? [] : [[authorizer.name, made]];
      }),
    ),
    ...(cors === undefined ? {} : { cors }),
  });
}

function authorization(authorizer: HttpApiAuthorizer | undefined, scopes: readonly string[]): Authorization {
  if (authorizer === undefined) return { kind: 'NONE' };
  const { name, kind } = authorizer;
  if (kind === 'iam') return { kind: 'AWS_IAM' };
  return kind === 'authorizer' ? { kind: 'CUSTOM', authorizer: name } : { kind: 'JWT', authorizer: name, scopes };
}

/** As the construct creates them; issuers are known only in a deployment. */
function authorizerDefinition(authorizer: HttpApiAuthorizer): AuthorizerDefinition | undefined {
  if (authorizer.kind === 'authorizer') {
    const { function: uri, identitySources, ttl } = authorizer;
    return { type: 'REQUEST', uri, identitySources, ttl, simpleResponses: true };
  }
  if (authorizer.kind === 'iam') return undefined;
  return { type: 'JWT', issuer: '', audience: [], identitySources: ['$request.header.Authorization'] };
}
