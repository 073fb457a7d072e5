import type { CloudContext } from '../../core/cloud.js';
import type { Scope } from '../../core/operation.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { restJsonProtocol } from '../../gateway/protocols/rest-json.js';
import { API_GATEWAY_V2 } from '../../model/client-types.js';
import { ApiStore } from './api-store.js';
import { apiGatewayFormat } from './json-format.js';
import { operations } from './operations/index.js';
import { resourceTypes } from './resources/index.js';
import { accessLogs } from './serving/access-logs.js';
import { apiFront } from './serving/front.js';
import { servedStages } from './serving/served-stages.js';
import { testOperations } from './serving/test-invoke.js';
import { stageSignatureVerifier } from './serving/verify-signature.js';
import { Connections } from './serving/web-socket/connections.js';
import { webSocketAddresses } from './serving/web-socket/front.js';
import { webSocketStages } from './serving/web-socket/served-stage.js';

/** Amazon API Gateway: REST, HTTP and WebSocket APIs, and the addresses they are served at. */
export function apigateway(context: CloudContext): Service {
  const store = new ApiStore(context.store, context.now, context.apiIds, context.quotas);
  const bound = bindOperations(store, [...operations, ...testOperations(context)]);
  const logs = accessLogs(context, store);
  const verifierOf = (scope: Scope, policy?: string) => stageSignatureVerifier(context, scope, policy);
  const stages = servedStages(context, store, logs, verifierOf);
  const webSockets = webSocketStages(context, store, logs, verifierOf);
  const connections = new Connections(context, store, webSockets);
  return {
    name: 'apigateway',
    signingNames: ['apigateway'],
    protocol: restJsonProtocol([
      { model: 'apigateway', format: apiGatewayFormat },
      { model: 'apigatewayv2', prefix: API_GATEWAY_V2 },
    ]),
    operations: bound,
    resourceTypes,
    fronts: [apiFront(context, stages, store, webSocketAddresses(context, webSockets, connections))],
    start: async () => {
      await store.load();
      await connections.start();
    },
    stop: async () => {
      connections.stop();
      await logs.flush();
    },
  };
}
