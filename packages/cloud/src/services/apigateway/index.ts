import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { restJsonProtocol } from '../../gateway/rest-json-protocol.js';
import { accessLogs } from './access-logs.js';
import { createApiStore } from './api-store.js';
import { apiFront } from './front.js';
import { operations } from './operations/index.js';
import { resourceTypes } from './resources/index.js';
import { servedStages } from './served-stages.js';
import { stageSignatureVerifier } from './verify-signature.js';

/** Amazon API Gateway: REST APIs, and the addresses they are served at. */
export function apigateway(context: CloudContext): Service {
  const store = createApiStore(context.store, context.now, context.apiIds, context.quotas);
  const bound = bindOperations(store, operations);
  const logs = accessLogs(context, store);
  const stages = servedStages(context, store, logs, (scope) => stageSignatureVerifier(context, scope));
  return {
    name: 'apigateway',
    signingNames: ['apigateway'],
    protocol: restJsonProtocol(bound),
    operations: bound,
    resourceTypes,
    fronts: [apiFront(context, stages, store)],
    start: store.load,
    stop: logs.flush,
  };
}
