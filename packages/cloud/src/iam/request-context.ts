import type { Access, ConditionValue } from '../core/access.js';
import type { Call } from '../core/operation.js';
import { type ContextSources, globalKeyValue } from './global-keys.js';
import type { ContextValues } from './policy-variable.js';

export interface RequestContext {
  /** A value that has to be looked up is not there at first. */
  readonly values: ContextValues;
  /** Waits for what was asked for since the last time; false where nothing was. */
  readonly lookedUp: () => boolean | Promise<boolean>;
}

/** The condition keys of one request: those of the operation's row, and the global ones. Keys are asked for in lower case. */
export function requestContext(access: Access, call: Call, sources: ContextSources): RequestContext {
  let known: Map<string, ConditionValue> | undefined;
  let pending: Promise<void>[] = [];

  function own(key: string): ConditionValue {
    if (!access.context) return undefined;
    if (known?.has(key)) return known.get(key);
    const value = access.context(key);
    known ??= new Map();
    if (!(value instanceof Promise)) {
      known.set(key, value);
      return value;
    }
    const values = known;
    values.set(key, undefined);
    pending.push(value.then((found) => void values.set(key, found)));
    return undefined;
  }

  async function settle(): Promise<boolean> {
    const waited = pending;
    pending = [];
    await Promise.all(waited);
    return true;
  }

  return {
    values: (key) => own(key) ?? globalKeyValue(key, access, call, sources),
    lookedUp: () => pending.length > 0 && settle(),
  };
}
