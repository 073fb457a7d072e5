import { isObject } from '../../../core/json.js';

export interface LogEvent {
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly message: string;
}

/**
 * The log event of what a target is given: all of it, unless a template or a text of its own makes a log event of it
 * (PutTargets, "CloudWatch Logs").
 */
export function logEvent(input: string, now: number): LogEvent {
  const value: unknown = input.startsWith('{') ? JSON.parse(input) : undefined;
  if (isObject(value) && typeof value.message === 'string' && typeof value.timestamp === 'number') {
    return { timestamp: value.timestamp, message: value.message };
  }
  return { timestamp: now, message: input };
}
