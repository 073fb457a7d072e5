import type { Scope } from '../../core/operation.js';
import { type ApiStore, idBelow } from './api-store.js';
import { notFound } from './refusal.js';
import type { DeploymentRecord, MethodRecord, ResourceRecord, RestApiRecord, StageRecord } from './rest-api-record.js';

/** @throws AwsError NotFoundException */
export async function restApi(store: ApiStore, scope: Scope, id: string): Promise<RestApiRecord> {
  const api = await store.get(scope, 'restApi', id);
  if (api === undefined) throw notFound(`Invalid API identifier specified ${scope.account}:${id}`);
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

/** @throws AwsError NotFoundException */
export async function stage(store: ApiStore, scope: Scope, apiId: string, stageName: string): Promise<StageRecord> {
  const found = await store.get(scope, 'stage', idBelow(apiId, stageName));
  if (found === undefined) throw notFound('Invalid Stage identifier specified');
  return found;
}
