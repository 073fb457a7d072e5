/** A write of one batch. A value of `undefined` deletes the key. */
export interface Write {
  readonly key: string;
  readonly value: unknown;
}

/** Bounds of a range of keys, in the order of their UTF-8 bytes. */
export interface Range {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
  readonly limit?: number;
}

/**
 * A part of the one durable store: every key below one prefix. Values are JSON, or bytes where a Uint8Array was put.
 * A batch is atomic and durable when its promise resolves.
 */
export interface Area {
  /** The value, or undefined if there is none. The caller knows the type because it wrote the value. */
  readonly get: <T>(key: string) => Promise<T | undefined>;
  readonly batch: (writes: readonly Write[]) => Promise<void>;
  readonly range: <T>(range: Range) => AsyncIterable<readonly [key: string, value: T]>;
  /** The part of this area below `name`. Writes of sub-areas can be committed together by the area above: see `keyOf`. */
  readonly area: (name: string) => Area;
  /** The key as the root area sees it, so that one root batch can write to several areas. */
  readonly keyOf: (key: string) => string;
}

/** The store of one data folder. `area(account, region, service)` is where a service keeps what it has. */
export interface Store {
  readonly root: Area;
  readonly area: (account: string, region: string, service: string) => Area;
  readonly close: () => Promise<void>;
}
