import type { Area, Store } from '../../../core/store.js';
import { OrderedWrites } from '../../../kit/ordered-writes.js';
import type { FunctionReference } from '../functions/function-name.js';
import type { FunctionUrl } from './function-url.js';

/** The function URLs of every account and region, in memory by their ids. */
export class FunctionUrls {
  readonly #area: Area;
  readonly #urls = new Map<string, FunctionUrl>();
  readonly #writes = new OrderedWrites();
  readonly #known: Set<string>;
  /** Those that have gone since the cloud started, which AWS tells from those that never were. */
  readonly #gone = new Set<string>();

  /** @param known is kept up to date with the id of every URL there is */
  constructor(store: Store, known: Set<string>) {
    this.#area = store.root.area('lambda-urls');
    this.#known = known;
  }

  /** Takes up the URLs of earlier runs of the cloud. */
  async resume(): Promise<void> {
    for await (const [id, url] of this.#area.range<FunctionUrl>({})) this.#keep(id, url);
  }

  /** The URL with an id; `gone` for one that was deleted. */
  byId(id: string): FunctionUrl | 'gone' | undefined {
    return this.#urls.get(id) ?? (this.#gone.has(id) ? 'gone' : undefined);
  }

  find(reference: FunctionReference): FunctionUrl | undefined {
    return this.list(reference).find(({ qualifier }) => qualifier === reference.qualifier);
  }

  /** Of a function and its aliases, the function's own first. */
  list({ account, region, name }: FunctionReference): readonly FunctionUrl[] {
    return [...this.#urls.values()]
      .filter((url) => url.name === name && url.account === account && url.region === region)
      .sort((a, b) => ((a.qualifier ?? '') < (b.qualifier ?? '') ? -1 : 1));
  }

  async put(url: FunctionUrl): Promise<void> {
    this.#keep(url.id, url);
    await this.#writes.write(this.#area, [{ key: url.id, value: url }]);
  }

  async delete(...urls: readonly FunctionUrl[]): Promise<void> {
    if (urls.length === 0) return;
    for (const { id } of urls) {
      this.#urls.delete(id);
      this.#known.delete(id);
      this.#gone.add(id);
    }
    await this.#writes.write(
      this.#area,
      urls.map(({ id }) => ({ key: id, value: undefined })),
    );
  }

  #keep(id: string, url: FunctionUrl): void {
    this.#urls.set(id, url);
    this.#known.add(id);
  }
}
