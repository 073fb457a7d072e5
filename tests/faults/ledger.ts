import { isDeepStrictEqual } from 'node:util';

/** What a client of a cloud that may die knows of one thing: what it was told last, and what it was asking for. */
export class Ledger<S> {
  #underWay: { readonly state: S } | undefined;

  constructor(
    readonly name: string,
    private known: S,
  ) {}

  get acknowledged(): S {
    return this.known;
  }

  /** Asks for a state; it is known once the call resolves. */
  async change(state: S, call: () => Promise<unknown>): Promise<void> {
    this.#underWay = { state };
    await call();
    this.known = state;
    this.#underWay = undefined;
  }

  /** Takes what was found after the cloud had died for what is known, and throws where that cannot be. */
  settle(found: S): void {
    const possible = [this.known, ...(this.#underWay ? [this.#underWay.state] : [])];
    if (!possible.some((state) => isDeepStrictEqual(state, found)))
      throw new Error(
        `${this.name} is ${JSON.stringify(found)} and not ${possible.map((one) => JSON.stringify(one)).join(' or ')}`,
      );
    this.known = found;
    this.#underWay = undefined;
  }
}
