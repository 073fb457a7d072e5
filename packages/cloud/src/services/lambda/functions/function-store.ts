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

/** The functions of one account in one region. */
interface ScopedFunctions {
  readonly area: Area;
  readonly functions: Map<string, FunctionRecord>;
}

/**
 * The functions of every account and region. All records are held in memory, since each invocation reads one; every
 * change is written in the order in which it was made.
 */
export class FunctionStore {
  readonly #store: Store;
  readonly #scopes = new Map<string, Promise<ScopedFunctions>>();
  /** Those that are loaded, for reading without waiting. */
  readonly #loaded = new Map<string, ScopedFunctions>();
  readonly #writes = new OrderedWrites();

  constructor(store: Store) {
    this.#store = store;
  }

  async find({ account, region, name }: FunctionReference): Promise<FunctionRecord | undefined> {
    const key = `${account}/${region}`;
    const scoped = this.#loaded.get(key) ?? (await this.#scoped({ account, region }));
    return scoped.functions.get(name);
  }

  /** Throws ResourceNotFoundException. */
  async get(reference: FunctionReference): Promise<FunctionRecord> {
    const record = await this.find(reference);
    if (record === undefined) throw functionNotFound({ ...reference });
    return record;
  }

  async list(scope: Scope): Promise<readonly FunctionRecord[]> {
    const { functions } = await this.#scoped(scope);
    return [...functions.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Stores a function and its code, layers included; throws ResourceConflictException where the name is taken. */
  async create(scope: Scope, record: FunctionRecord, codes: readonly FunctionCode[]): Promise<void> {
    const scoped = await this.#scoped(scope);
    if (scoped.functions.has(record.name)) {
      throw new AwsError('ResourceConflictException', `Function already exist: ${record.name}`, 409, { Type: 'User' });
    }
    scoped.functions.set(record.name, record);
    await this.#write(scoped.area, [...codeWrites(codes), { key: recordKey(record.name), value: record }]);
  }

  /** Changes a function; `change` sees the record as it is and must not wait for anything. */
  async change(
    reference: FunctionReference,
    change: (record: FunctionRecord) => FunctionRecord,
    codes: readonly FunctionCode[] = [],
  ): Promise<FunctionRecord> {
    const scoped = await this.#scoped(reference);
    const before = scoped.functions.get(reference.name);
    if (before === undefined) throw functionNotFound({ ...reference });
    const after = change(before);
    if (after === before) return before;
    scoped.functions.set(after.name, after);
    await this.#write(scoped.area, [
      ...codeWrites(codes),
      { key: recordKey(after.name), value: after },
      ...this.#unusedCode(scoped, before),
    ]);
    return after;
  }

  /** Throws ResourceNotFoundException. */
  async delete(reference: FunctionReference): Promise<FunctionRecord> {
    const scoped = await this.#scoped(reference);
    const record = scoped.functions.get(reference.name);
    if (record === undefined) throw functionNotFound({ ...reference });
    scoped.functions.delete(reference.name);
    await this.#write(scoped.area, [
      { key: recordKey(reference.name), value: undefined },
      ...this.#unusedCode(scoped, record),
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
    const { area } = await this.#scoped(scope);
    return area.get<Uint8Array>(codeKey(hash));
  }

  #scoped({ account, region }: Scope): Promise<ScopedFunctions> {
    const key = `${account}/${region}`;
    let scoped = this.#scopes.get(key);
    if (scoped === undefined) {
      scoped = this.#load(this.#store.area(account, region, 'lambda'));
      this.#scopes.set(key, scoped);
      scoped.then(
        (loaded) => this.#loaded.set(key, loaded),
        () => this.#scopes.delete(key),
      );
    }
    return scoped;
  }

  async #load(area: Area): Promise<ScopedFunctions> {
    const functions = new Map<string, FunctionRecord>();
    for await (const [, record] of area.range<FunctionRecord>({ gte: 'function:', lt: 'function;' })) {
      functions.set(record.name, record);
    }
    return { area, functions };
  }

  /** Deletes of the code that `before` had and nothing has any more. */
  #unusedCode(scoped: ScopedFunctions, before: FunctionRecord): Write[] {
    const used = new Set([...scoped.functions.values()].flatMap(hashes));
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
