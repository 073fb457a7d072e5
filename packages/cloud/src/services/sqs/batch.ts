import { AwsError } from '../../core/aws-error.js';
import type { InputReader } from '../../core/input-reader.js';
import { neededText, readInput } from './queue-input.js';
import { queryCode } from './sqs-error.js';

export interface BatchEntry {
  readonly id: string;
  readonly input: InputReader;
  readonly raw: unknown;
}

const MOST = 10;

/** @throws AwsError EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId, BatchEntryIdsNotDistinct */
export function readEntries(input: InputReader, kind: string, member = 'Entries'): readonly BatchEntry[] {
  const entries = (input.list(member) ?? []).map((raw) => {
    const entry = readInput(raw);
    return { id: neededText(entry, 'Id'), input: entry, raw };
  });
  if (entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', `There should be at least one ${kind} in the request.`);
  }
  if (entries.length > MOST) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MOST}. You have sent ${entries.length}.`,
    );
  }
  if (entries.some(({ id }) => !/^[\w-]{1,80}$/.test(id))) {
    throw new AwsError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  }
  const ids = entries.map(({ id }) => id);
  const repeated = ids.find((id, at) => ids.indexOf(id) !== at);
  if (repeated !== undefined) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${repeated} repeated.`);
  return entries;
}

/** Does each entry by itself, in order; one that fails is told beside those that did not. */
export async function eachEntry<Entry extends { readonly id: string }>(
  entries: readonly Entry[],
  run: (entry: Entry) => Promise<object>,
): Promise<{ readonly Successful: readonly object[]; readonly Failed: readonly object[] }> {
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.id, ...(await run(entry)) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id: entry.id, SenderFault: true, Code: queryCode(error.code), Message: error.message });
    }
  }
  return { Successful, Failed };
}
