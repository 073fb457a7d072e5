import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { restJsonProtocol } from '../../gateway/protocols/rest-json.js';
import { AsynchronousEvents } from './asynchronous/asynchronous-events.js';
import { bodyLimit } from './body-limit.js';
import { CodeLocations, type CodePlace } from './code-locations/code-locations.js';
import { CodeSigningConfigs } from './code-signing/code-signing-configs.js';
import { EventSources } from './event-sources/event-sources.js';
import { FunctionStore } from './functions/function-store.js';
import { Executor } from './invocation/executor.js';
import type { Invoker } from './invocation/invoker.js';
import { LayerStore } from './layers/layer-store.js';
import { operations } from './operations/index.js';
import { resourceTypes } from './resources/index.js';
import type { LambdaState } from './service-state.js';
import { FunctionUrls } from './urls/function-urls.js';
import { urlFront } from './urls/url-front.js';

/** AWS Lambda: functions as child processes that speak the Lambda Runtime API. */
export function lambda(context: CloudContext): Service {
  const functions = new FunctionStore(context.store);
  const executor = new Executor(context, functions);
  const invoker: Invoker = { context, functions, executor };
  const events = new AsynchronousEvents(invoker);
  const sources = new EventSources(invoker);
  const layers = new LayerStore(context.store);
  const locations = new CodeLocations(context);
  const codeAt = ({ kind, key, ...scope }: CodePlace) =>
    kind === 'layers' ? layers.codeOf(scope, key) : functions.codeOf(scope, key);
  const urls = new FunctionUrls(context.store, context.functionUrlIds);
  const codeSigning = new CodeSigningConfigs(context.store);
  const state: LambdaState = { ...invoker, events, layers, sources, locations, codeSigning, urls };
  return {
    name: 'lambda',
    signingNames: ['lambda'],
    protocol: restJsonProtocol([{ model: 'lambda' }]),
    bodyLimit,
    operations: bindOperations(state, operations),
    resourceTypes,
    fronts: [locations.front(codeAt), urlFront(context, urls)],
    start: async () => {
      await urls.resume();
      await events.resume();
      await sources.resume();
    },
    stop: async () => {
      events.stop();
      sources.stop();
      await executor.close();
      await sources.finished();
    },
  };
}
