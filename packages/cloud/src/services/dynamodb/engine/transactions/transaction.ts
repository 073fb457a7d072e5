import { AwsError } from '../../../../core/aws-error.js';
import { validationError } from '../errors.js';
import { type Item, sizeOf } from '../items/attribute-value.js';
import { checkCondition, type ItemWrite } from '../items/item-write.js';
import { type ItemChange, type Partition, paths } from '../partition.js';

/** Remembered of a transaction, so that the same one sent again within ten minutes is done once. */
export interface TransactionToken {
  /** A digest of what was asked. */
  readonly request: string;
  /** Epoch milliseconds. */
  readonly expires: number;
}

const TOKEN_MILLISECONDS = 10 * 60 * 1000;

interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: Item;
}

const NONE: CancellationReason = { Code: 'None' };

/** Throws TransactionCanceledException where one of the reasons is one. */
export function refuseCancelled(reasons: readonly CancellationReason[]): void {
  if (reasons.every(({ Code }) => Code === 'None')) return;
  const codes = reasons.map(({ Code }) => Code).join(', ');
  throw new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    400,
    { CancellationReasons: reasons },
  );
}

/** Runs one part of a transaction: what it gives, or why it cancels the whole. Other errors pass. */
export async function part<T>(
  run: () => T | Promise<T>,
): Promise<{ value: T; reason: CancellationReason } | { reason: CancellationReason }> {
  try {
    return { value: await run(), reason: NONE };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { code, message, fields } = error;
    if (code === 'ConditionalCheckFailedException') {
      return { reason: { Code: 'ConditionalCheckFailed', Message: message, ...fields } };
    }
    if (code === 'DuplicateItemException') return { reason: { Code: 'DuplicateItem', Message: message } };
    if (code === 'ValidationException') return { reason: { Code: 'ValidationError', Message: message } };
    throw error;
  }
}

/** Throws where two parts are of one item. */
export function refuseDuplicates(
  items: readonly { readonly table: { readonly id: string }; readonly key: string }[],
): void {
  const names = new Set(items.map(({ table, key }) => `${table.id}/${key}`));
  if (names.size < items.length) {
    throw validationError('Transaction request cannot include multiple operations on one item');
  }
}

/** Bytes of all items of a transaction. */
const LARGEST = 4 * 1024 * 1024;

/** @throws AwsError ValidationException where the items are too large together */
export function refuseLarge(items: readonly (Item | undefined)[]): void {
  if (items.reduce((sum, item) => sum + (item ? sizeOf(item) : 0), 0) <= LARGEST) return;
  throw validationError('The aggregate size of the items in the transaction cannot exceed 4 MB');
}

/** Does all writes or none. The items are the transaction's alone from the first read to the commit. */
export async function transact(
  partition: Partition,
  writes: readonly ItemWrite[],
  token: { readonly name: string; readonly request: string } | undefined,
): Promise<readonly ItemChange[]> {
  const commit = () =>
    partition.itemsLocked(writes, async () => {
      const parts = await Promise.all(
        writes.map(({ table, key, input, apply }) =>
          part(async (): Promise<ItemChange> => {
            const before = await partition.item(table, key);
            checkCondition(input, before);
            return { table, key, before, after: apply(before) };
          }),
        ),
      );
      refuseCancelled(parts.map(({ reason }) => reason));
      const changes = parts.flatMap((done) => ('value' in done ? [done.value] : []));
      refuseLarge(changes.map(({ after }) => after));
      const changed = changes.filter(({ before, after }) => before !== after);
      const record: TransactionToken | undefined = token && {
        request: token.request,
        expires: partition.now() + TOKEN_MILLISECONDS,
      };
      await partition.commit(changed, token ? [{ key: paths.token(token.name), value: record }] : []);
      return changes;
    });
  if (!token) return commit();
  return partition.locked([{ name: `token/${token.name}`, mode: 'write' }], async () => {
    const known = await partition.area.get<TransactionToken>(paths.token(token.name));
    if (!known || known.expires <= partition.now()) return commit();
    if (known.request === token.request) return [];
    throw new AwsError(
      'IdempotentParameterMismatchException',
      'The request uses the same client token as a previous, but non-identical request. ' +
        'Do not reuse a client token with different requests, unless the requests are identical',
    );
  });
}
