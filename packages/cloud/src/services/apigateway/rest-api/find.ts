import type { Scope } from '../../../core/operation.js';
import { type ApiStore, idBelow } from '../api-store.js';
import type {
  AuthorizerRecord,
  DeploymentRecord,
  MethodRecord,
  RequestValidatorRecord,
  ResourceRecord,
  RestApiRecord,
  StageRecord,
} from '../records/rest-api.js';
import type { ApiKeyRecord, UsagePlanRecord } from '../records/usage.js';
import type { VpcLinkRecord } from '../records/vpc-link.js';
import { badRequest, notFound } from '../refusal.js';

/** @throws AwsError NotFoundException */
export async function restApi(store: ApiStore, scope: Scope, id: string): Promise<RestApiRecord> {
  const api = await store.get(scope, 'restApi', id);
  if (api === undefined) throw notFound(`Invalid API identifier specified ${scope.account}:${id}`);
  return api;
}

/**
 * The API of an operation on one of its resources: AWS names the resource where there is no API.
 * @throws AwsError NotFoundException
 */
export async function apiOfResource(store: ApiStore, scope: Scope, id: string): Promise<RestApiRecord> {
  const api = await store.get(scope, 'restApi', id);
  if (api === undefined) throw notFound('Invalid Resource identifier specified');
  return api;
}

/** @throws AwsError NotFoundException */
export function resource(api: RestApiRecord, id: string): ResourceRecord {
  const found = Object.hasOwn(api.resources, id) ? api.resources[id] : undefined;
  if (found === undefined) throw notFound('Invalid Resource identifier specified');
  return found;
}

/** @throws AwsError NotFoundException */
export function method(api: RestApiRecord, resourceId: string, httpMethod: string): MethodRecord {
  const { methods } = resource(api, resourceId);
  const found = Object.hasOwn(methods, httpMethod) ? methods[httpMethod] : undefined;
  if (found === undefined) throw notFound('Invalid Method identifier specified');
  return found;
}

/** @throws AwsError NotFoundException */
export async function deployment(store: ApiStore, scope: Scope, apiId: string, id: string): Promise<DeploymentRecord> {
  const found = await store.get(scope, 'deployment', idBelow(apiId, id));
  if (found === undefined) throw notFound('Invalid Deployment identifier specified');
  return found;
}

/** The deployment of a canary. @throws AwsError BadRequestException, as AWS does for a canary alone */
export async function canaryDeployment(
  store: ApiStore,
  scope: Scope,
  apiId: string,
  id: string,
): Promise<DeploymentRecord> {
  const found = await store.get(scope, 'deployment', idBelow(apiId, id));
  if (found === undefined) throw badRequest('Deployment id does not exist');
  return found;
}

/** @throws AwsError NotFoundException */
export async function stage(store: ApiStore, scope: Scope, apiId: string, stageName: string): Promise<StageRecord> {
  const found = await store.get(scope, 'stage', idBelow(apiId, stageName));
  if (found === undefined) throw notFound('Invalid Stage identifier specified');
  return found;
}

/** @throws AwsError NotFoundException */
export function authorizer(api: RestApiRecord, id: string): AuthorizerRecord {
  const found = Object.hasOwn(api.authorizers, id) ? api.authorizers[id] : undefined;
  if (found === undefined) throw notFound('Invalid Authorizer identifier specified');
  return found;
}

/** @throws AwsError NotFoundException */
export function requestValidator(api: RestApiRecord, id: string): RequestValidatorRecord {
  const found = Object.hasOwn(api.requestValidators, id) ? api.requestValidators[id] : undefined;
  if (found === undefined) throw notFound('Invalid Request Validator identifier specified');
  return found;
}

/** @throws AwsError NotFoundException */
export async function vpcLink(store: ApiStore, scope: Scope, id: string): Promise<VpcLinkRecord> {
  const found = await store.get(scope, 'vpcLink', id);
  if (found === undefined) throw notFound('Invalid Vpc Link identifier specified');
  return found;
}

/** @throws AwsError NotFoundException */
export async function apiKey(store: ApiStore, scope: Scope, id: string): Promise<ApiKeyRecord> {
  const found = await store.get(scope, 'apiKey', id);
  if (found === undefined) throw notFound('Invalid API Key identifier specified');
  return found;
}

/** @throws AwsError NotFoundException */
export async function usagePlan(store: ApiStore, scope: Scope, id: string): Promise<UsagePlanRecord> {
  const found = await store.get(scope, 'usagePlan', id);
  if (found === undefined) throw notFound('Invalid Usage Plan ID specified');
  return found;
}
