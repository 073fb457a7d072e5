import { operationsOf } from '../../model/operation.js';
import type { ParameterStore } from './parameter-store.js';

/** An operation of Systems Manager. */
export const ssmOperation = operationsOf<ParameterStore, 'ssm'>('ssm');
