import { randomId } from '../../../core/random-id.js';
import { httpOperationByName } from '../api-operation.js';
import { checkQuotas } from '../http-api/quotas.js';
import { httpPage } from '../page.js';
import type { WebSocketApiRecord } from '../records/web-socket-api.js';
import { conflict, notFound } from '../refusal.js';
import * as find from './find.js';

interface SubResource<Taken, Record extends { readonly id: string }> {
  /** AWS's name of one: `Route` */
  readonly name: string;
  /** AWS's name of what has it, where that is a sub-resource itself: `Integration` */
  readonly owner?: string;
  /** The records of an API, or of one of its sub-resources. */
  readonly of: (api: WebSocketApiRecord, owner: string) => Readonly<globalThis.Record<string, Record>>;
  /** The API with other records. */
  readonly with: (
    api: WebSocketApiRecord,
    records: Readonly<globalThis.Record<string, Record>>,
    owner: string,
  ) => WebSocketApiRecord;
  /**
   * Makes the record of the input, over the one before it.
   * @param others the records beside it
   */
  readonly read: (
    input: Taken,
    id: string,
    api: WebSocketApiRecord,
    before: Record | undefined,
    others: readonly Record[],
  ) => Record;
  readonly output: (record: Record) => object;
  /** Why one can not be deleted. */
  readonly inUse?: (api: WebSocketApiRecord, record: Record) => string | undefined;
}

/**
 * The five operations on one kind of sub-resource of WebSocket APIs, which differ in their records alone. The model types their
 * inputs, by the names that the kind has in them.
 */
export function subResourceOperations<Taken, Record extends { readonly id: string }>(kind: SubResource<Taken, Record>) {
  const { name, owner, of, with: withRecords, read, output, inUse } = kind;
  const idMember = `${name}Id`;
  const ownerOf = (input: Members): string => (owner === undefined ? '' : String(input[`${owner}Id`]));
  const idOf = (input: Members): string => String(input[idMember]);

  function existing(records: Readonly<globalThis.Record<string, Record>>, id: string): Record {
    const record = Object.hasOwn(records, id) ? records[id] : undefined;
    if (record === undefined) throw notFound(`Invalid ${name} identifier specified`);
    return record;
  }

  const make = (
    record: Record | undefined,
    id: string,
    input: Members,
    api: WebSocketApiRecord,
  ): { readonly record: Record; readonly changed: WebSocketApiRecord } => {
    const records = of(api, ownerOf(input));
    const others = Object.values(records).filter((other) => other.id !== id);
    // The model has checked the members by the operation's name, which is the kind's.
    const made = read(input as Taken, id, api, record, others);
    return { record: made, changed: withRecords(api, { ...records, [id]: made }, ownerOf(input)) };
  };

  return [
    httpOperationByName({
      name: `Create${name}`,
      handle: (input, call, store) =>
        store.change(async () => {
          const api = await find.webSocketApi(store, call, String(input.ApiId));
          const id = call.resourceId ?? randomId.lower(7);
          const known = of(api, ownerOf(input))[id];
          if (known) return output(known);
          const { record, changed } = make(undefined, id, input, api);
          checkQuotas(changed, store.quotas);
          await store.put(call, 'webSocketApi', api.id, changed);
          return output(record);
        }),
    }),
    httpOperationByName({
      name: `Get${name}`,
      handle: async (input, call, store) => {
        const api = await find.webSocketApi(store, call, String(input.ApiId));
        return output(existing(of(api, ownerOf(input)), idOf(input)));
      },
    }),
    httpOperationByName({
      name: `Get${name}s`,
      handle: async (input, call, store) => {
        const api = await find.webSocketApi(store, call, String(input.ApiId));
        const records = Object.values(of(api, ownerOf(input)));
        return httpPage([`Get${name}s`, api.id, ownerOf(input)], input, records, ({ id }) => id, output);
      },
    }),
    httpOperationByName({
      name: `Update${name}`,
      handle: (input, call, store) =>
        store.change(async () => {
          const api = await find.webSocketApi(store, call, String(input.ApiId));
          const before = existing(of(api, ownerOf(input)), idOf(input));
          const { record, changed } = make(before, idOf(input), input, api);
          await store.put(call, 'webSocketApi', api.id, changed);
          return output(record);
        }),
    }),
    httpOperationByName({
      name: `Delete${name}`,
      handle: (input, call, store) =>
        store.change(async () => {
          const api = await find.webSocketApi(store, call, String(input.ApiId));
          const records = of(api, ownerOf(input));
          const reason = inUse?.(api, existing(records, idOf(input)));
          if (reason !== undefined) throw conflict(reason);
          const { [idOf(input)]: _, ...others } = records;
          await store.put(call, 'webSocketApi', api.id, withRecords(api, others, ownerOf(input)));
        }),
    }),
  ];
}

type Members = Readonly<Record<string, unknown>>;
