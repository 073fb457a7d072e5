import type { Operation } from '../../../core/operation.js';
import type { LambdaState } from '../service-state.js';
import { createAlias, deleteAlias, getAlias, listAliases, updateAlias } from './aliases.js';
import {
  deleteFunctionConcurrency,
  getAccountSettings,
  getFunctionConcurrency,
  putFunctionConcurrency,
} from './concurrency.js';
import { createFunction } from './create-function.js';
import { deleteFunction } from './delete-function.js';
import {
  deleteFunctionEventInvokeConfig,
  getFunctionEventInvokeConfig,
  listFunctionEventInvokeConfigs,
  putFunctionEventInvokeConfig,
  updateFunctionEventInvokeConfig,
} from './event-invoke-configs.js';
import {
  createEventSourceMapping,
  deleteEventSourceMapping,
  getEventSourceMapping,
  listEventSourceMappings,
  updateEventSourceMapping,
} from './event-source-mappings.js';
import { getFunction, getFunctionConfiguration } from './get-function.js';
import { invoke } from './invoke.js';
import { invokeWithResponseStream } from './invoke-with-response-stream.js';
import { addLayerVersionPermission, getLayerVersionPolicy, removeLayerVersionPermission } from './layer-permissions.js';
import {
  deleteLayerVersion,
  getLayerVersion,
  getLayerVersionByArn,
  listLayers,
  listLayerVersions,
  publishLayerVersion,
} from './layers.js';
import { listFunctions } from './list-functions.js';
import { addPermission, getPolicy, removePermission } from './permissions.js';
import { functionTagging } from './tagging.js';
import { updateFunctionCode } from './update-function-code.js';
import { updateFunctionConfiguration } from './update-function-configuration.js';
import { listVersionsByFunction, publishVersion } from './versions.js';

// biome-ignore lint/suspicious/noExplicitAny: each operation's input type is its own
export const operations: readonly Operation<LambdaState, any, any>[] = [
  addLayerVersionPermission,
  addPermission,
  createAlias,
  createEventSourceMapping,
  createFunction,
  deleteAlias,
  deleteEventSourceMapping,
  deleteFunction,
  deleteFunctionConcurrency,
  deleteFunctionEventInvokeConfig,
  deleteLayerVersion,
  getAccountSettings,
  getAlias,
  getEventSourceMapping,
  getFunction,
  getFunctionConcurrency,
  getFunctionConfiguration,
  getFunctionEventInvokeConfig,
  getLayerVersion,
  getLayerVersionByArn,
  getLayerVersionPolicy,
  getPolicy,
  invoke,
  invokeWithResponseStream,
  listAliases,
  listEventSourceMappings,
  listFunctionEventInvokeConfigs,
  listFunctions,
  listLayerVersions,
  listLayers,
  listVersionsByFunction,
  publishLayerVersion,
  publishVersion,
  putFunctionConcurrency,
  putFunctionEventInvokeConfig,
  removeLayerVersionPermission,
  removePermission,
  updateAlias,
  updateEventSourceMapping,
  updateFunctionCode,
  updateFunctionConfiguration,
  updateFunctionEventInvokeConfig,
  ...functionTagging,
];
