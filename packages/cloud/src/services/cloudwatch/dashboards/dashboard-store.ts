import type { Tags } from '../../../core/access.js';
import type { Store } from '../../../core/store.js';

/** A dashboard: it is kept and shown to nobody. Dashboards belong to an account. */
export interface Dashboard {
  readonly account: string;
  readonly name: string;
  /** JSON */
  readonly body: string;
  readonly tags: Tags;
  /** Epoch milliseconds. */
  readonly modified: number;
}

export class DashboardStore {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  #area(account: string) {
    return this.#store.root.area('cloudwatch-dashboards').area(account);
  }

  find(account: string, name: string): Promise<Dashboard | undefined> {
    return this.#area(account).get<Dashboard>(name);
  }

  put(dashboard: Dashboard): Promise<void> {
    return this.#area(dashboard.account).batch([{ key: dashboard.name, value: dashboard }]);
  }

  remove(account: string, names: readonly string[]): Promise<void> {
    return this.#area(account).batch(names.map((name) => ({ key: name, value: undefined })));
  }

  /** By name. */
  async list(account: string): Promise<readonly Dashboard[]> {
    const found: Dashboard[] = [];
    for await (const [, dashboard] of this.#area(account).range<Dashboard>({})) found.push(dashboard);
    return found;
  }
}

export function dashboardArn(account: string, name: string): string {
  return `arn:aws:cloudwatch::${account}:dashboard/${name}`;
}
