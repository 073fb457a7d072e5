import type { Scope } from '../../../core/operation.js';
import type { Store } from '../../../core/store.js';

/** A macro that a stack has put into an account and region. */
export interface Macro {
  readonly name: string;
  /** The name or ARN of its function. */
  readonly functionName: string;
  readonly stackId: string;
  readonly logicalId: string;
}

/** The macros of accounts and regions, by name. */
export class MacroStore {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  find(name: string, scope: Scope): Promise<Macro | undefined> {
    return this.#area(scope).get<Macro>(name);
  }

  put(macro: Macro, scope: Scope): Promise<void> {
    return this.#area(scope).batch([{ key: macro.name, value: macro }]);
  }

  delete(name: string, scope: Scope): Promise<void> {
    return this.#area(scope).batch([{ key: name, value: undefined }]);
  }

  #area({ account, region }: Scope) {
    return this.#store.area(account, region, 'cloudformation').area('macro');
  }
}
