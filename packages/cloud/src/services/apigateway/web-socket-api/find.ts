import type { Scope } from '../../../core/operation.js';
import type { ApiStore } from '../api-store.js';
import type { WebSocketApiRecord } from '../records/web-socket-api.js';
import { badRequest, notFound } from '../refusal.js';

/**
 * @throws AwsError NotFoundException, and BadRequestException for an HTTP API, which has less
 */
export async function webSocketApi(store: ApiStore, scope: Scope, id: string): Promise<WebSocketApiRecord> {
  const api = await store.get(scope, 'webSocketApi', id);
  if (api !== undefined) return api;
  if (await store.get(scope, 'httpApi', id))
    throw badRequest('The operation is for WebSocket APIs, and this is an HTTP API');
  throw notFound(`Invalid API identifier specified ${scope.account}:${id}`);
}
