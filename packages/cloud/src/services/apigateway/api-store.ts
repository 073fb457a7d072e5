import type { Scope } from '../../core/operation.js';
import type { Quotas } from '../../core/quotas.js';
import type { Area, Store, Write } from '../../core/store.js';
import type { DomainRecord } from './records/domain.js';
import type { HttpApiRecord, HttpStageRecord } from './records/http-api.js';
import type { DeploymentRecord, RestApiRecord, StageRecord } from './records/rest-api.js';
import type { ApiKeyRecord, UsagePlanRecord } from './records/usage.js';
import type { HttpVpcLinkRecord, VpcLinkRecord } from './records/vpc-link.js';
import type { WebSocketApiRecord, WebSocketDeploymentRecord } from './records/web-socket-api.js';

/** The kinds of record that a scope has many of. */
interface Records {
  readonly restApi: RestApiRecord;
  readonly deployment: DeploymentRecord;
  readonly stage: StageRecord;
  readonly apiKey: ApiKeyRecord;
  readonly usagePlan: UsagePlanRecord;
  readonly httpApi: HttpApiRecord;
  /** Of HTTP APIs and of WebSocket APIs. */
  readonly httpStage: HttpStageRecord;
  readonly httpDeployment: DeploymentRecord;
  readonly webSocketApi: WebSocketApiRecord;
  readonly webSocketDeployment: WebSocketDeploymentRecord;
  readonly domain: DomainRecord;
  readonly vpcLink: VpcLinkRecord;
  readonly httpVpcLink: HttpVpcLinkRecord;
}

/** Everything API Gateway keeps, of every account and region. */
export interface ApiStore {
  readonly get: <K extends keyof Records>(scope: Scope, kind: K, id: string) => Promise<Records[K] | undefined>;
  /** All of a kind whose id begins with `prefix`, in order. */
  readonly list: <K extends keyof Records>(scope: Scope, kind: K, prefix?: string) => Promise<Records[K][]>;
  readonly put: <K extends keyof Records>(scope: Scope, kind: K, id: string, record: Records[K]) => Promise<void>;
  readonly remove: (scope: Scope, kind: keyof Records, id: string) => Promise<void>;
  /** Removes an API with its deployments and stages. */
  readonly removeApi: (scope: Scope, id: string) => Promise<void>;
  readonly account: (scope: Scope) => Promise<AccountRecord>;
  readonly putAccount: (scope: Scope, record: AccountRecord) => Promise<void>;
  /** Where an API is, and of which kind; undefined for none. */
  readonly placeOf: (apiId: string) => ApiPlace | undefined;
  /** Where a custom domain is; undefined for none. */
  readonly domainPlace: (domainName: string) => Scope | undefined;
  /** Reads where every API and domain is; to be called once before anything is served. */
  readonly load: () => Promise<void>;
  /** Runs one after another what reads a record and then writes it. */
  readonly change: <T>(change: () => Promise<T>) => Promise<T>;
  /** Told after anything changed that may be served. */
  readonly onChange: (listener: () => void) => void;
  readonly now: () => number;
  readonly quotas: Quotas;
  /** The store of the whole cloud. */
  readonly store: Store;
}

export interface ApiPlace extends Scope {
  readonly kind: (typeof API_KINDS)[number];
}

const API_KINDS = ['restApi', 'httpApi', 'webSocketApi'] as const;

function apiKind(kind: string): ApiPlace['kind'] | undefined {
  return API_KINDS.find((each) => each === kind);
}

/** The settings in `GetAccount`. */
export interface AccountRecord {
  readonly cloudwatchRoleArn?: string;
}

/** The kinds of record that go with their API. */
const BELOW_APIS = ['deployment', 'stage', 'httpDeployment', 'httpStage', 'webSocketDeployment'] as const;

const DOMAIN = 'domain:';
const domainKey = (domainName: string) => `${DOMAIN}${domainName}`;

/** The id under which a deployment or a stage is kept. */
export function idBelow(apiId: string, id: string): string {
  return `${apiId}/${id}`;
}

/** @param apiIds kept up to date with every API there is */
export function createApiStore(store: Store, now: () => number, apiIds: Set<string>, quotas: Quotas): ApiStore {
  const area = ({ account, region }: Scope) => store.area(account, region, 'apigateway');
  // One list for the whole cloud: a request names an API by its id alone.
  const index = store.area('all', 'all', 'apigateway');
  const places = new Map<string, ApiPlace>();
  const domains = new Map<string, Scope>();
  const listeners: (() => void)[] = [];
  let last: Promise<unknown> = Promise.resolve();

  const key = (kind: keyof Records, id: string) => `${kind}/${id}`;
  const rooted = (from: Area, name: string, value: unknown): Write => ({ key: from.keyOf(name), value });
  const commit = async (writes: readonly Write[]) => {
    await store.root.batch(writes);
    for (const listener of listeners) listener();
  };

  const list: ApiStore['list'] = async <K extends keyof Records>(scope: Scope, kind: K, prefix = '') => {
    const from = key(kind, prefix);
    const found: Records[K][] = [];
    for await (const [, record] of area(scope).range<Records[K]>({ gte: from, lt: `${from}\uffff` }))
      found.push(record);
    return found;
  };

  return {
    now,
    quotas,
    store,
    list,
    get: <K extends keyof Records>(scope: Scope, kind: K, id: string) => area(scope).get<Records[K]>(key(kind, id)),
    put: async (scope, kind, id, record) => {
      const writes = [rooted(area(scope), key(kind, id), record)];
      const ofApi = apiKind(kind);
      if (ofApi) {
        const { account, region } = scope;
        const place: ApiPlace = { account, region, kind: ofApi };
        writes.push(rooted(index, id, place));
        places.set(id, place);
        apiIds.add(id);
      }
      if (kind === 'domain') {
        const { account, region } = scope;
        writes.push(rooted(index, domainKey(id), { account, region }));
        domains.set(id, { account, region });
      }
      await commit(writes);
    },
    remove: (scope, kind, id) => {
      const writes = [rooted(area(scope), key(kind, id), undefined)];
      if (kind === 'domain') {
        writes.push(rooted(index, domainKey(id), undefined));
        domains.delete(id);
      }
      return commit(writes);
    },
    removeApi: async (scope, id) => {
      const writes = [rooted(index, id, undefined)];
      for (const kind of API_KINDS) writes.push(rooted(area(scope), key(kind, id), undefined));
      for (const kind of BELOW_APIS) {
        for await (const [name] of area(scope).range({ gte: key(kind, `${id}/`), lt: key(kind, `${id}0`) })) {
          writes.push(rooted(area(scope), name, undefined));
        }
      }
      places.delete(id);
      apiIds.delete(id);
      await commit(writes);
    },
    account: async (scope) => (await area(scope).get<AccountRecord>('account')) ?? {},
    putAccount: (scope, record) => area(scope).batch([{ key: 'account', value: record }]),
    placeOf: (apiId) => places.get(apiId),
    domainPlace: (domainName) => domains.get(domainName),
    load: async () => {
      for await (const [id, place] of index.range<ApiPlace>({})) {
        if (id.startsWith(DOMAIN)) {
          domains.set(id.slice(DOMAIN.length), place);
          continue;
        }
        places.set(id, place);
        apiIds.add(id);
      }
    },
    change: (change) => {
      const result = last.then(change);
      last = result.catch(() => undefined);
      return result;
    },
    onChange: (listener) => listeners.push(listener),
  };
}
