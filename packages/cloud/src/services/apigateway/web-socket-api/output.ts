import type { Scope } from '../../../core/operation.js';
import type { WebSocketApiRecord } from '../records/web-socket-api.js';
import { wholeSeconds } from '../time.js';

/** A WebSocket API as CreateApi and GetApi answer it. */
export function webSocketApiOutput(api: WebSocketApiRecord, { region }: Scope) {
  return {
    ApiId: api.id,
    ApiEndpoint: `wss://${api.id}.execute-api.${region}.amazonaws.com`,
    ApiKeySelectionExpression: api.apiKeySelectionExpression,
    RouteSelectionExpression: api.routeSelectionExpression,
    ProtocolType: 'WEBSOCKET',
    IpAddressType: 'ipv4',
    Name: api.name,
    Description: api.description,
    Version: api.version,
    Tags: api.tags,
    DisableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
    DisableSchemaValidation: api.disableSchemaValidation,
    CreatedDate: wholeSeconds(api.created),
  } as const;
}
