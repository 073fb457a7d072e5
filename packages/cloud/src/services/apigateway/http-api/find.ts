import type { Scope } from '../../../core/operation.js';
import { type ApiStore, idBelow } from '../api-store.js';
import type { HttpApiRecord, HttpStageRecord } from '../records/http-api.js';
import type { HttpVpcLinkRecord } from '../records/vpc-link.js';
import { notFound } from '../refusal.js';

/** @throws AwsError NotFoundException */
export async function httpApi(store: ApiStore, scope: Scope, id: string): Promise<HttpApiRecord> {
  const api = await store.get(scope, 'httpApi', id);
  if (api === undefined) throw notFound(`Invalid API identifier specified ${scope.account}:${id}`);
  return api;
}

/** @throws AwsError NotFoundException */
export async function vpcLink(store: ApiStore, scope: Scope, id: string): Promise<HttpVpcLinkRecord> {
  const found = await store.get(scope, 'httpVpcLink', id);
  if (found === undefined) throw notFound(`Unable to find Vpc link with ID ${id}`);
  return found;
}

/** @throws AwsError NotFoundException */
export async function httpStage(
  store: ApiStore,
  scope: Scope,
  apiId: string,
  stageName: string,
): Promise<HttpStageRecord> {
  const stage = await store.get(scope, 'httpStage', idBelow(apiId, stageName));
  if (stage === undefined) throw notFound('Invalid Stage identifier specified');
  return stage;
}
