import type { Operation } from '../../../core/operation.js';
import type { ParameterStore } from '../parameter-store.js';
import { deleteParameter, deleteParameters } from './delete-parameter.js';
import { describeParameters } from './describe-parameters.js';
import { getParameter } from './get-parameter.js';
import { getParameterHistory } from './get-parameter-history.js';
import { getParameters } from './get-parameters.js';
import { getParametersByPath } from './get-parameters-by-path.js';
import { putParameter } from './put-parameter.js';
import { parameterTagging } from './tagging.js';

// biome-ignore lint/suspicious/noExplicitAny: each operation's input type is its own
export const operations: readonly Operation<ParameterStore, any, any>[] = [
  deleteParameter,
  deleteParameters,
  describeParameters,
  getParameter,
  getParameterHistory,
  getParameters,
  getParametersByPath,
  putParameter,
  ...parameterTagging,
];
