import { askChild } from '../ask-child.js';
import type { Entry } from '../entry.js';
import type { Inventory } from '../inventory.js';
import { inventoryEnvironment } from '../inventory-environment.js';
import type { TakeInventoryOptions } from '../take-inventory.js';
import type { DescribeReply } from './child.js';
import { type EvaluatedBundle, writeEvaluated } from './load-module.js';

type Files = EvaluatedBundle['files'];

/**
 * A started process that waits for the app that it will describe: starting a process takes longer than loading an app.
 */
export class StandbyChild {
  readonly #reply: Promise<DescribeReply>;
  #give: (files: Files) => void = () => {};
  #end: (reason: Error) => void = () => {};

  /** @param preload URLs of modules that the app will import */
  constructor(entry: Entry, { external = [], timeout, onOutput }: TakeInventoryOptions, preload: readonly string[]) {
    const given = new Promise<Files>((resolve, reject) => {
      this.#give = resolve;
      this.#end = reject;
    });
    this.#reply = askChild<DescribeReply>(
      [
        ...['describe', entry.file],
        ...external.flatMap((name) => ['--external', name]),
        ...preload.flatMap((url) => ['--preload', url]),
      ],
      {
        file: entry.file,
        cwd: entry.project,
        environment: inventoryEnvironment(),
        prepare: async (folder) => writeEvaluated(await given, folder),
        ...(timeout === undefined ? {} : { timeout }),
        ...(onOutput === undefined ? {} : { onOutput }),
      },
    );
    this.#reply.catch(() => {});
  }

  /** @throws BuildError for mistakes of the app while it loads */
  async describe(files: Files): Promise<Inventory> {
    this.#give(files);
    const { inventory } = await this.#reply;
    return inventory;
  }

  /** Ends the process if it is still waiting. */
  async dispose(): Promise<void> {
    this.#end(new Error('no longer needed'));
    await this.#reply.catch(() => {});
  }
}
