import { TemplateError } from './syntax.js';

/** Steps of evaluation. Four nested loops of a dozen items each take a tenth of it. */
const STEPS = 200_000;
/** Characters that a template makes, in its output or on the way: the size of the largest payload. */
const CHARACTERS = 10 * 1024 * 1024;
/** References into `#define`d blocks that lie in each other. */
const DEPTH = 50;

/** The budget of one evaluation, so that no template and no request holds the gateway up. */
export class Budget {
  #steps = STEPS;
  #characters = CHARACTERS;
  #depth = 0;

  /** @throws TemplateError once there is nothing left */
  step(count = 1): void {
    this.#steps -= count;
    // Counts that are no numbers leave nothing either.
    if (!(this.#steps >= 0)) throw new TemplateError(`the template takes more than ${STEPS} steps`);
  }

  /** Counts text that was made; gives it back. */
  text(made: string): string {
    this.#characters -= made.length;
    if (this.#characters < 0) throw new TemplateError(`the template makes more than ${CHARACTERS} characters`);
    return made;
  }

  /** Refuses text before it is made. */
  reserve(length: number): void {
    if (length > this.#characters) throw new TemplateError(`the template makes more than ${CHARACTERS} characters`);
  }

  inside<T>(run: () => T): T {
    if (++this.#depth > DEPTH) throw new TemplateError(`the template nests more than ${DEPTH} blocks`);
    try {
      return run();
    } finally {
      this.#depth--;
    }
  }
}
