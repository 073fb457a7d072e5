import { AwsError } from '../../core/aws-error.js';
import { InputReader } from '../../core/input-reader.js';

const CODE = 'InvalidParameterException';
const GROUP = { pattern: /^[.\-_/#A-Za-z0-9]+$/, max: 512 };
const STREAM = { pattern: /^[^:*]*$/, max: 512 };
/** Days; what AWS::Logs::LogGroup and PutRetentionPolicy take. */
const RETENTION = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export function invalidParameter(message: string): AwsError {
  return new AwsError(CODE, message, 400);
}

export function readInput(raw: unknown): InputReader {
  return new InputReader(raw, CODE);
}

export function readGroup(input: InputReader): string {
  return input.requiredText('logGroupName', GROUP);
}

export function readStream(input: InputReader): string {
  return input.requiredText('logStreamName', STREAM);
}

export function readRetention(input: InputReader): number {
  const days = input.integer('retentionInDays', { min: 1, max: 3653 });
  if (days === undefined) input.missing('retentionInDays');
  else if (!RETENTION.includes(days)) {
    throw invalidParameter(
      `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${RETENTION.join(', ')}]`,
    );
  }
  return days ?? 0;
}

/** A page of a list: what `after` says is behind it, and the token of the next page. */
export function page<T>(
  all: readonly T[],
  token: string | undefined,
  limit: number,
): { readonly items: readonly T[]; readonly nextToken?: string } {
  const from = token === undefined ? 0 : Number(token);
  if (!Number.isSafeInteger(from) || from < 0) throw invalidParameter('The specified nextToken is invalid.');
  const end = from + limit;
  return { items: all.slice(from, end), ...(end < all.length && { nextToken: String(end) }) };
}
