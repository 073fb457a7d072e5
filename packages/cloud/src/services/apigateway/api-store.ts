import type { Scope } from '../../core/operation.js';
import type { Quotas } from '../../core/quotas.js';
import type { Area, Store, Write } from '../../core/store.js';
import { createSerial } from '../../store/serial.js';
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

const key = (kind: keyof Records, id: string) => `${kind}/${id}`;
const rooted = (from: Area, name: string, value: unknown): Write => ({ key: from.keyOf(name), value });

/** Everything API Gateway keeps, of every account and region. */
export class ApiStore {
  /** One list for the whole cloud: a request names an API by its id alone. */
  readonly #index: Area;
  readonly #places = new Map<string, ApiPlace>();
  readonly #domains = new Map<string, Scope>();
  readonly #listeners: (() => void)[] = [];
  readonly #serial = createSerial();

  /**
   * @param store the store of the whole cloud
   * @param apiIds kept up to date with every API there is
   */
  constructor(
    readonly store: Store,
    readonly now: () => number,
    private readonly apiIds: Set<string>,
    readonly quotas: Quotas,
  ) {
    this.#index = store.area('all', 'all', 'apigateway');
  }

  get<K extends keyof Records>(scope: Scope, kind: K, id: string): Promise<Records[K] | undefined> {
    return this.#area(scope).get<Records[K]>(key(kind, id));
  }

  /** All of a kind whose id begins with `prefix`, in order. */
  async list<K extends keyof Records>(scope: Scope, kind: K, prefix = ''): Promise<Records[K][]> {
    const from = key(kind, prefix);
    const records: Records[K][] = [];
    for await (const [, record] of this.#area(scope).range<Records[K]>({ gte: from, lt: `${from}\uffff` }))
      records.push(record);
    return records;
  }

  async put<K extends keyof Records>(scope: Scope, kind: K, id: string, record: Records[K]): Promise<void> {
    const { account, region } = scope;
    const writes = [rooted(this.#area(scope), key(kind, id), record)];
    const ofApi = apiKind(kind);
    if (ofApi) {
      const place: ApiPlace = { account, region, kind: ofApi };
      writes.push(rooted(this.#index, id, place));
      this.#places.set(id, place);
      this.apiIds.add(id);
    }
    if (kind === 'domain') {
      writes.push(rooted(this.#index, domainKey(id), { account, region }));
      this.#domains.set(id, { account, region });
    }
    await this.#commit(writes);
  }

  async remove(scope: Scope, kind: keyof Records, id: string): Promise<void> {
    const writes = [rooted(this.#area(scope), key(kind, id), undefined)];
    if (kind === 'domain') {
      writes.push(rooted(this.#index, domainKey(id), undefined));
      this.#domains.delete(id);
    }
    await this.#commit(writes);
  }

  /** Removes an API with its deployments and stages. */
  async removeApi(scope: Scope, id: string): Promise<void> {
    const area = this.#area(scope);
    const writes = [rooted(this.#index, id, undefined)];
    for (const kind of API_KINDS) writes.push(rooted(area, key(kind, id), undefined));
    for (const kind of BELOW_APIS) {
      for await (const [name] of area.range({ gte: key(kind, `${id}/`), lt: key(kind, `${id}0`) })) {
        writes.push(rooted(area, name, undefined));
      }
    }
    this.#places.delete(id);
    this.apiIds.delete(id);
    await this.#commit(writes);
  }

  async account(scope: Scope): Promise<AccountRecord> {
    return (await this.#area(scope).get<AccountRecord>('account')) ?? {};
  }

  putAccount(scope: Scope, record: AccountRecord): Promise<void> {
    return this.#area(scope).batch([{ key: 'account', value: record }]);
  }

  /** Where an API is, and of which kind; undefined for none. */
  placeOf(apiId: string): ApiPlace | undefined {
    return this.#places.get(apiId);
  }

  /** Where a custom domain is; undefined for none. */
  domainPlace(domainName: string): Scope | undefined {
    return this.#domains.get(domainName);
  }

  /** Reads where every API and domain is; to be called once before anything is served. */
  async load(): Promise<void> {
    for await (const [id, place] of this.#index.range<ApiPlace>({})) {
      if (id.startsWith(DOMAIN)) {
        this.#domains.set(id.slice(DOMAIN.length), place);
        continue;
      }
      this.#places.set(id, place);
      this.apiIds.add(id);
    }
  }

  /** Runs one after another what reads a record and then writes it. */
  change<T>(change: () => Promise<T>): Promise<T> {
    return this.#serial('', change);
  }

  /** Calls `listener` after anything changed that may be served. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  #area({ account, region }: Scope): Area {
    return this.store.area(account, region, 'apigateway');
  }

  async #commit(writes: readonly Write[]): Promise<void> {
    await this.store.root.batch(writes);
    for (const listener of this.#listeners) listener();
  }
}
