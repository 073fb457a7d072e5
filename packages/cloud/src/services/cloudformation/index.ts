import type { ServiceMaker } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import { queryProtocol } from '../../gateway/protocols/query.js';
import { createBootstrap } from './bootstrap/bootstrap.js';
import { bootstrapScope } from './bootstrap/trigger.js';
import { Engine } from './engine/engine.js';
import { operations } from './operations/index.js';
import { type CloudFormationState, storeOf } from './operations/state.js';
import { recordedService } from './recorded/recorded-service.js';
import { ResourceTypes } from './resource-types.js';
import { resourceTypes } from './resources/index.js';

/** CloudFormation over the resource types of every service of the cloud. */
export const cloudFormation: ServiceMaker = (cloud) => {
  const types = new ResourceTypes(cloud);
  const stopping = new AbortController();
  const engine = new Engine({ cloud, resourceTypes: types, stopped: stopping.signal });
  const state: CloudFormationState = { cloud, engine, resourceTypes: types };
  const bootstrap = createBootstrap(state);
  return {
    name: 'cloudformation',
    signingNames: ['cloudformation'],
    protocol: queryProtocol('cloudformation'),
    operations: bindOperations(state, operations),
    resourceTypes: resourceTypes(cloud.store, {
      nest: (id, parentId) => engine.nest(id, parentId),
      find: (id, scope) => storeOf(state, scope).find(id),
      finished: (id) => engine.finished(id),
    }),
    recordedService,
    fronts: [types.responses.front],
    beforeCall: (service, operation, input, call) => {
      const scope = bootstrapScope(service, operation, input, call);
      return scope && bootstrap(scope, call.principal.account);
    },
    start: () => engine.resume(),
    // Operations are not waited for: the next start goes on with them.
    stop: async () => stopping.abort(),
  };
};
