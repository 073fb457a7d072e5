import { AwsError } from '../../../core/aws-error.js';
import { defined } from '../../../core/defined.js';
import { randomId } from '../../../core/random-id.js';
import {
  type AnyResourceType,
  type Properties,
  type ResourceContext,
  ResourceFailure,
  type ResourceState,
} from '../../../core/resource-type.js';
import { instead, nativeProvider } from './native-providers.js';
import type { ProviderResponse, ProviderResponses } from './responses.js';

type RequestType = 'Create' | 'Update' | 'Delete';

/** AWS's default and limit of `ServiceTimeout`, seconds. */
const LONGEST = 3600;

/** A type whose resources a function, or what reads a topic, makes; it answers by the response URL. */
export function customResourceType(type: string, responses: ProviderResponses): AnyResourceType {
  const ask = async (
    request: RequestType,
    id: string | undefined,
    properties: Properties,
    previous: Properties | undefined,
    context: ResourceContext,
  ): Promise<ResourceState> => {
    const native = await nativeProvider(type, properties, context);
    if (native) return native({ request, id, properties, previous, context });
    return askProvider({ type, request, id, properties, previous }, responses, context);
  };
  return {
    type,
    create: (_id, properties: Properties, context) => ask('Create', undefined, properties, undefined, context),
    update: (id, properties: Properties, previous: Properties, context) =>
      ask('Update', id, properties, previous, context),
    delete: async (id, properties: Properties, context) => {
      await ask('Delete', id, properties, undefined, context);
    },
  };
}

interface ProviderRequest {
  readonly type: string;
  readonly request: RequestType;
  readonly id: string | undefined;
  readonly properties: Properties;
  readonly previous: Properties | undefined;
}

async function askProvider(
  asked: ProviderRequest,
  responses: ProviderResponses,
  context: ResourceContext,
): Promise<ResourceState> {
  const { type, request, id, properties, previous } = asked;
  const serviceToken = String(properties.ServiceToken ?? '');
  const timeout = timeoutIn(properties);
  const expected = responses.expect(context.region, timeout * 1000);
  const event = {
    RequestType: request,
    ServiceToken: serviceToken,
    ResponseURL: expected.url,
    StackId: context.stackId,
    RequestId: randomId.uuid(),
    LogicalResourceId: context.logicalId,
    ...defined({ PhysicalResourceId: id }),
    ResourceType: type,
    ResourceProperties: asTexts({ ...properties, ...instead(type, properties) }),
    ...(previous !== undefined && { OldResourceProperties: asTexts(previous) }),
  };
  try {
    await send(serviceToken, event, context);
    return stateOf(asked, await expected.response, timeout);
  } finally {
    expected.forget();
  }
}

/** @throws AwsError where the provider cannot be asked, or its function fails before it has answered */
async function send(serviceToken: string, event: object, { call }: ResourceContext): Promise<void> {
  const service = serviceToken.split(':')[2];
  if (service === 'sns') {
    await call('sns', 'Publish', {
      TopicArn: serviceToken,
      Subject: 'AWS CloudFormation custom resource request',
      Message: JSON.stringify(event),
    });
    return;
  }
  if (service !== 'lambda') {
    throw new AwsError('ValidationError', `Invalid service token: ${serviceToken} is no function and no topic`);
  }
  const Payload = Buffer.from(JSON.stringify(event));
  const { FunctionError, Payload: payload } = await call('lambda', 'Invoke', { FunctionName: serviceToken, Payload });
  if (FunctionError === undefined) return;
  // AWS would wait for a response until the time is up; nobody is left to send one.
  const said = Buffer.from(payload ?? []).toString();
  throw new AwsError('ProviderFailed', `The function ${serviceToken} failed without a response: ${said}`);
}

function stateOf(
  { request, id }: ProviderRequest,
  response: ProviderResponse | undefined,
  timeout: number,
): ResourceState {
  if (!response) {
    throw new AwsError(
      'ProviderTimedOut',
      `CloudFormation did not receive a response from your Custom Resource within ${timeout} seconds. Please check your logs`,
    );
  }
  const { status, reason = 'no reason', physicalId = id, data } = response;
  if (status === 'FAILED') {
    const message = `Received response status [FAILED] from custom resource. Message returned: ${reason}`;
    throw new ResourceFailure(message, request === 'Create' ? physicalId : undefined);
  }
  if (physicalId === undefined) throw new ResourceFailure('Invalid PhysicalResourceId: the response has none');
  return { physicalId, attributes: data };
}

function timeoutIn({ ServiceTimeout }: Properties): number {
  const timeout = Number(ServiceTimeout);
  return timeout >= 1 && timeout <= LONGEST ? timeout : LONGEST;
}

/** Providers get every number and boolean as text. */
function asTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asTexts(member)]));
  }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}
