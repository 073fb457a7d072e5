import { AwsError } from '../../../core/aws-error.js';
import type { Scope } from '../../../core/operation.js';
import type { Area, Store, Write } from '../../../core/store.js';
import { OrderedWrites } from '../../../kit/ordered-writes.js';
import { type FunctionReference, functionArn } from './function-name.js';
import { codeHash, codesOf, type FunctionRecord } from './function-record.js';

/** AWS's answer if there is no such function, version or alias. */
export function functionNotFound(reference: FunctionReference): AwsError {
  return new AwsError('ResourceNotFoundException', `Function not found: ${functionArn(reference)}`, 404, {
    Type: 'User',
  });
}

/** A zip that a function runs on: its own package, or a layer. */
export interface FunctionCode {
  /** Base64 */
  readonly codeSha256: string;
  readonly code: Uint8Array;
}

interface Shelf {
  readonly area: Area;
  readonly functions: Map<string, FunctionRecord>;
}

/**
 * The functions of every account and region. All records are held in memory, since each invocation reads one; every
 * change is written in the order in which it was made.
 */
export class FunctionStore {
  readonly #store: Store;
  readonly #shelves = new Map<string, Promise<Shelf>>();
  /** The shelves that are loaded, for reading without waiting. */
  readonly #loaded = new Map<string, Shelf>();
  readonly #writes = new OrderedWrites();

  constructor(store: Store) {
    this.#store = store;
  }

  async find({ account, region, name }: FunctionReference): Promise<FunctionRecord | undefined> {
    const key = `${account}/${region}`;
    const shelf = this.#loaded.get(key) ?? (await this.#shelf({ account, region }));
    return shelf.functions.get(name);
  }

  /** Throws ResourceNotFoundException. */
  async get(reference: FunctionReference): Promise<FunctionRecord> {
    const record = await this.find(reference);
    if (record === undefined) throw functionNotFound({ ...reference });
    return record;
  }

  async list(scope: Scope): Promise<readonly FunctionRecord[]> {
    const { functions } = await this.#shelf(scope);
    return [...functions.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Stores a function and its code, layers included; throws ResourceConflictException where the name is taken. */
  async create(scope: Scope, record: FunctionRecord, codes: readonly FunctionCode[]): Promise<void> {
    const shelf = await this.#shelf(scope);
    if (shelf.functions.has(record.name)) {
      throw new AwsError('ResourceConflictException', `Function already exist: ${record.name}`, 409, { Type: 'User' });
    }
    shelf.functions.set(record.name, record);
    await this.#write(shelf.area, [...codeWrites(codes), { key: recordKey(record.name), value: record }]);
  }

  /** Changes a function; `change` sees the record as it is and must not wait for anything. */
  async change(
    reference: FunctionReference,
    change: (record: FunctionRecord) => FunctionRecord,
    codes: readonly FunctionCode[] = [],
  ): Promise<FunctionRecord> {
    const shelf = await this.#shelf(reference);
    const before = shelf.functions.get(reference.name);
    if (before === undefined) throw functionNotFound({ ...reference });
    const after = change(before);
    if (after === before) return before;
    shelf.functions.set(after.name, after);
    await this.#write(shelf.area, [
      ...codeWrites(codes),
      { key: recordKey(after.name), value: after },
      ...this.#unusedCode(shelf, before),
    ]);
    return after;
  }

  /** Throws ResourceNotFoundException. */
  async delete(reference: FunctionReference): Promise<FunctionRecord> {
    const shelf = await this.#shelf(reference);
    const record = shelf.functions.get(reference.name);
    if (record === undefined) throw functionNotFound({ ...reference });
    shelf.functions.delete(reference.name);
    await this.#write(shelf.area, [
      { key: recordKey(reference.name), value: undefined },
      ...this.#unusedCode(shelf, record),
    ]);
    return record;
  }

  /** The sum of all reservations of an account in a region. */
  reservedConcurrency({ account, region }: Scope): number {
    const functions = this.#loaded.get(`${account}/${region}`)?.functions.values() ?? [];
    let sum = 0;
    for (const { reservedConcurrency } of functions) sum += reservedConcurrency ?? 0;
    return sum;
  }

  async code(scope: Scope, content: Pick<FunctionCode, 'codeSha256'>): Promise<Uint8Array> {
    const hash = codeHash(content);
    const code = await this.codeOf(scope, hash);
    if (code === undefined) throw new Error(`the code of a function is not in the store: ${hash}`);
    return code;
  }

  /** The code with a hash (of hexadecimal digits), if some function still has it. */
  async codeOf(scope: Scope, hash: string): Promise<Uint8Array | undefined> {
    const { area } = await this.#shelf(scope);
    return area.get<Uint8Array>(codeKey(hash));
  }

  #shelf({ account, region }: Scope): Promise<Shelf> {
    const key = `${account}/${region}`;
    let shelf = this.#shelves.get(key);
    if (shelf === undefined) {
      shelf = this.#load(this.#store.area(account, region, 'lambda'));
      this.#shelves.set(key, shelf);
      shelf.then(
        (loaded) => this.#loaded.set(key, loaded),
        () => this.#shelves.delete(key),
      );
    }
    return shelf;
  }

  async #load(area: Area): Promise<Shelf> {
    const functions = new Map<string, FunctionRecord>();
    for await (const [, record] of area.range<FunctionRecord>({ gte: 'function:', lt: 'function;' })) {
      functions.set(record.name, record);
    }
    return { area, functions };
  }

  /** Deletes of the code that `before` had and nothing has any more. */
  #unusedCode(shelf: Shelf, before: FunctionRecord): Write[] {
    const used = new Set([...shelf.functions.values()].flatMap(hashes));
    return hashes(before)
      .filter((hash) => !used.has(hash))
      .map((hash) => ({ key: codeKey(hash), value: undefined }));
  }

  #write(area: Area, writes: readonly Write[]): Promise<void> {
    return this.#writes.write(area, writes);
  }
}

const recordKey = (name: string): string => `function:${name}`;
const codeKey = (hash: string): string => `code:${hash}`;
const codeWrites = (codes: readonly FunctionCode[]): Write[] =>
  codes.map((content) => ({ key: codeKey(codeHash(content)), value: content.code }));
const hashes = ({ latest, versions }: FunctionRecord): string[] =>
  [latest, ...versions].flatMap((version) => codesOf(version).map(codeHash));
