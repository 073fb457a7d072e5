import type { Call, Scope } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import type { ApiStore } from '../api-store.js';
import { httpPage } from '../page.js';
import type { HttpApiRecord } from '../records/http-api.js';
import { conflict, notFound } from '../refusal.js';
import * as find from './find.js';
import { checkQuotas } from './quotas.js';

type Collection = 'routes' | 'integrations' | 'authorizers';

interface Kind<Taken, Record extends { readonly id: string }, Output> {
  readonly collection: Collection;
  /** AWS's name of one: `Route` */
  readonly name: string;
  /** The records of an API, and the API with other ones. */
  readonly of: (api: HttpApiRecord) => Readonly<globalThis.Record<string, Record>>;
  /** Makes the record of the input, over the one before it. */
  readonly read: (input: Taken, id: string, api: HttpApiRecord, before: Record | undefined) => Record;
  readonly output: (record: Record) => Output;
  /** Why one can not be deleted. */
  readonly inUse?: (api: HttpApiRecord, id: string) => string | undefined;
}

/** The five operations on routes, integrations or authorizers, which differ in their records alone. */
export function subResourcesOf<Taken, Record extends { readonly id: string }, Output>({
  collection,
  name,
  of,
  read,
  output,
  inUse,
}: Kind<Taken, Record, Output>) {
  function existing(api: HttpApiRecord, id: string): Record {
    const record = Object.hasOwn(of(api), id) ? of(api)[id] : undefined;
    if (record === undefined) throw notFound(`Invalid ${name} identifier specified`);
    return record;
  }

  const write = (store: ApiStore, scope: Scope, api: HttpApiRecord, records: object) =>
    store.put(scope, 'httpApi', api.id, { ...api, [collection]: records });

  return {
    create: (apiId: string, input: Taken, call: Call, store: ApiStore) =>
      store.change(async () => {
        const api = await find.httpApi(store, call, apiId);
        const id = call.resourceId ?? randomId.lower(7);
        const known = of(api)[id];
        if (known) return output(known);
        const record = read(input, id, api, undefined);
        const records = { ...of(api), [id]: record };
        checkQuotas({ ...api, [collection]: records }, store.quotas);
        await write(store, call, api, records);
        return output(record);
      }),
    get: async (apiId: string, id: string, scope: Scope, store: ApiStore) =>
      output(existing(await find.httpApi(store, scope, apiId), id)),
    list: async (apiId: string, page: Parameters<typeof httpPage>[1], scope: Scope, store: ApiStore) => {
      const records = Object.values(of(await find.httpApi(store, scope, apiId)));
      return httpPage([collection, apiId], page, records, ({ id }) => id, output);
    },
    update: (apiId: string, id: string, input: Taken, scope: Scope, store: ApiStore) =>
      store.change(async () => {
        const api = await find.httpApi(store, scope, apiId);
        const record = read(input, id, api, existing(api, id));
        await write(store, scope, api, { ...of(api), [id]: record });
        return output(record);
      }),
    remove: (apiId: string, id: string, scope: Scope, store: ApiStore) =>
      store.change(async () => {
        const api = await find.httpApi(store, scope, apiId);
        existing(api, id);
        const reason = inUse?.(api, id);
        if (reason !== undefined) throw conflict(reason);
        const { [id]: _, ...others } = of(api);
        await write(store, scope, api, others);
      }),
  };
}
