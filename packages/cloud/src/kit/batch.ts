import { AwsError } from '../core/aws-error.js';

export interface BatchEntry {
  readonly Id: string;
}

/** A service's words for what is wrong with the entries of a batch. */
export interface BatchWords {
  readonly empty: string;
  readonly tooMany: (most: number, count: number) => string;
  readonly badId: (id: string) => string;
  readonly repeated: (id: string) => string;
}

const MAX_ENTRIES = 10;

/** @throws AwsError EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId, BatchEntryIdsNotDistinct */
export function checkEntries<Entry extends BatchEntry>(entries: readonly Entry[], words: BatchWords): readonly Entry[] {
  if (entries.length === 0) throw new AwsError('EmptyBatchRequest', words.empty);
  if (entries.length > MAX_ENTRIES) {
    throw new AwsError('TooManyEntriesInBatchRequest', words.tooMany(MAX_ENTRIES, entries.length));
  }
  const ids = entries.map(({ Id }) => Id);
  const bad = ids.find((id) => !/^[\w-]{1,80}$/.test(id));
  if (bad !== undefined) throw new AwsError('InvalidBatchEntryId', words.badId(bad));
  const repeated = ids.find((id, at) => ids.indexOf(id) !== at);
  if (repeated !== undefined) throw new AwsError('BatchEntryIdsNotDistinct', words.repeated(repeated));
  return entries;
}

/**
 * Processes the entries one by one, in order; failures are reported beside successes.
 *
 * @param codeOf the code of an entry's error, where the service writes another one than in its own errors
 */
export async function eachEntry<Entry extends BatchEntry, Done extends object>(
  entries: readonly Entry[],
  run: (entry: Entry) => Done | Promise<Done>,
  codeOf: (code: string) => string = (code) => code,
) {
  const Successful: (Done & BatchEntry)[] = [];
  const Failed: (BatchEntry & { SenderFault: boolean; Code: string; Message: string })[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ ...(await run(entry)), Id: entry.Id });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: codeOf(error.code), Message: error.message });
    }
  }
  return { Successful, Failed };
}
