import type { Operation } from '../../../core/operation.js';
import type { LogsState } from '../service-state.js';

// biome-ignore lint/suspicious/noExplicitAny: each operation's input type is its own
export const operations: readonly Operation<LogsState, any, any>[] = [];
