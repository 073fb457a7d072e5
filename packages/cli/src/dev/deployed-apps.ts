import type { AssemblyStack } from './assembly.js';
import type { DeployedFunction, FunctionCode } from './function-code.js';
import { type WatchedApp, watchedApp } from './watched-app.js';

/** The apps whose functions are deployed. */
export class DeployedApps {
  readonly #apps = new Map<string, WatchedApp>();

  constructor(private readonly code: FunctionCode) {}

  get all(): readonly WatchedApp[] {
    return [...this.#apps.values()];
  }

  /** The files of all apps. */
  get inputs(): readonly string[] {
    return this.all.flatMap((app) => [...app.inputs()]);
  }

  /** Takes over the apps of stacks that were deployed. Known apps keep what they have parsed. */
  async takeOver(stacks: readonly AssemblyStack[]): Promise<void> {
    const functions = (await Promise.all(stacks.map((stack) => this.code.deployed(stack)))).flat();
    const bySource = new Map<string, DeployedFunction[]>();
    for (const fn of functions) {
      const key = JSON.stringify(fn.source);
      bySource.set(key, [...(bySource.get(key) ?? []), fn]);
    }
    for (const [key, app] of this.#apps) {
      if (bySource.has(key)) continue;
      this.#apps.delete(key);
      await app.dispose();
    }
    for (const [key, [first, ...others]] of bySource) {
      if (first === undefined) continue;
      const app = this.#apps.get(key) ?? watchedApp(first.source);
      app.deployed([first, ...others]);
      this.#apps.set(key, app);
    }
  }

  async dispose(): Promise<void> {
    for (const app of this.#apps.values()) await app.dispose();
  }
}
