import { AwsError } from '../../core/aws-error.js';
import { queryCode } from './sqs-error.js';

export interface BatchEntry {
  readonly Id: string;
}

const MOST = 10;

/** @throws AwsError EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId, BatchEntryIdsNotDistinct */
export function checkEntries<Entry extends BatchEntry>(entries: readonly Entry[], kind: string): readonly Entry[] {
  if (entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', `There should be at least one ${kind} in the request.`);
  }
  if (entries.length > MOST) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MOST}. You have sent ${entries.length}.`,
    );
  }
  const ids = entries.map(({ Id }) => Id);
  if (ids.some((id) => !/^[\w-]{1,80}$/.test(id))) {
    throw new AwsError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  }
  const repeated = ids.find((id, at) => ids.indexOf(id) !== at);
  if (repeated !== undefined) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${repeated} repeated.`);
  return entries;
}

/** Processes the entries one by one, in order; failures are reported beside successes. */
export async function eachEntry<Entry extends BatchEntry, Done extends object>(
  entries: readonly Entry[],
  run: (entry: Entry) => Promise<Done>,
) {
  const Successful: (Done & BatchEntry)[] = [];
  const Failed: (BatchEntry & { SenderFault: boolean; Code: string; Message: string })[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ ...(await run(entry)), Id: entry.Id });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: queryCode(error.code), Message: error.message });
    }
  }
  return { Successful, Failed };
}
