import type { Operation } from '../../../core/operation.js';
import type { LambdaState } from '../service-state.js';
import { createFunction } from './create-function.js';
import { invoke } from './invoke.js';

// biome-ignore lint/suspicious/noExplicitAny: each operation's input type is its own
export const operations: readonly Operation<LambdaState, any, any>[] = [createFunction, invoke];
