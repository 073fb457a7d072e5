import type { Operation } from '../../../core/operation.js';
import type { ApiStore } from '../api-store.js';
import { domainOperations } from '../domains/operations/index.js';
import { httpApiOperations } from '../http-api/operations/index.js';
import { restApiOperations } from '../rest-api/operations/index.js';
import { invokeApi, manageConnections } from '../serving/invoke-api.js';
import { tagging } from '../tagging.js';
import { webSocketApiOperations } from '../web-socket-api/operations/index.js';
import { byProtocol } from './by-protocol.js';

/** The operations of API Gateway. */
// biome-ignore lint/suspicious/noExplicitAny: each operation's input and output are its own
export const operations: readonly Operation<ApiStore, any, any>[] = [
  ...domainOperations,
  ...byProtocol(httpApiOperations, webSocketApiOperations),
  ...restApiOperations,
  ...tagging,
  invokeApi,
  manageConnections,
];
