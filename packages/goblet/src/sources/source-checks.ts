import { DeclarationError } from '../declare/declaration-error.js';
import { sourceLine } from '../declare/source-line.js';
import { invalidContent, noPattern, notSchedule } from '../errors/sources.js';
import { described } from '../lambda/logger.js';
import { checkRange } from './option-range.js';
import type { QueueOptions } from './queue-options.js';
import type { StreamOptions } from './stream-options.js';

/*
 * Checks of the options of sources. `declare` is the function with which the app declares the source; the message has
 * the line of its call.
 */

const isContent = (given: unknown): boolean =>
  given === String || (Object(given) === given && ('~standard' in Object(given) || 'kind' in Object(given)));

/** @throws DeclarationError for invalid content, which JavaScript code may declare */
export function checkContent(name: string, content: unknown): void {
  if (!isContent(content)) throw new DeclarationError(invalidContent(name, described(content)));
}

/** @throws DeclarationError */
export function checkQueue(declare: Function, options: QueueOptions): void {
  const { batchSize, batchWindow, maxConcurrency } = options;
  // More than ten require a window.
  checkRange(declare, 'batchSize without a batchWindow', batchWindow ? undefined : batchSize, 1, 10);
  checkRange(declare, 'batchSize', batchSize, 1, 10_000);
  checkRange(declare, 'batchWindow', batchWindow, 0, 300);
  checkRange(declare, 'maxConcurrency', maxConcurrency, 2, 1000);
}

/** @throws DeclarationError */
export function checkStream(declare: Function, options: StreamOptions): void {
  checkRange(declare, 'batchSize', options.batchSize, 1, 10_000);
  checkRange(declare, 'batchWindow', options.batchWindow, 0, 300);
  checkRange(declare, 'retryAttempts', options.retryAttempts, 0, 10_000);
  checkRange(declare, 'maxRecordAge', options.maxRecordAge, 60, 604_800);
  checkRange(declare, 'parallelizationFactor', options.parallelizationFactor, 1, 10);
}

/** @throws DeclarationError for an empty pattern, which EventBridge refuses */
export function checkPattern(declare: Function, pattern: unknown): void {
  if (!Object.keys(pattern ?? {}).length) throw new DeclarationError(noPattern(sourceLine(declare)));
}

/**
 * True if EventBridge accepts it ("Schedule expression types"): a rate of one has a singular unit, and a cron
 * expression gives either the day of the month or the day of the week, with `?` for the other.
 */
function isExpression(expression: string): boolean {
  if (/^rate\((1 (minute|hour|day)|(?!1 )[1-9]\d* (minutes|hours|days))\)$/.test(expression)) return true;
  const [, fields = ''] = /^cron\((.+)\)$/.exec(expression) ?? [];
  const { length, 2: dayOfMonth, 4: dayOfWeek } = fields.split(/\s+/);
  return length === 6 && (dayOfMonth === '?' || dayOfWeek === '?');
}

/** @throws DeclarationError */
export function checkSchedule(declare: Function, expression: string): void {
  if (!isExpression(expression)) throw new DeclarationError(notSchedule(expression, sourceLine(declare)));
}
