import { type AppContext, appContext, deploymentZip, type RebuiltApp } from '@goblet/build';
import type { AppSource } from './assembly.js';
import type { DeployedFunction, FunctionCode } from './function-code.js';

/** The outcome for an app's code: unchanged, updated, or it needs a deployment. */
export type CodeUpdate =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'updated'; readonly functions: readonly string[] }
  | { readonly kind: 'deployNeeded' };

/** An app whose functions are deployed, and that is rebuilt when its files change. */
export interface WatchedApp {
  readonly name: string;
  /** All of its files in the last build. */
  readonly inputs: () => ReadonlySet<string>;
  /** Takes over the result of a deployment. */
  readonly deployed: (functions: readonly DeployedFunction[]) => void;
  /**
   * Builds the app, and updates its functions if their code differs.
   * @throws BuildError if the app cannot be built or loaded, and for errors of Lambda
   */
  readonly update: (code: FunctionCode) => Promise<CodeUpdate>;
  readonly dispose: () => Promise<void>;
}

/**
 * Code is compressed from this number of bytes on: Lambda accepts at most 50 MB in a call, and below that this machine
 * needs no compression.
 */
const LARGE = 30_000_000;

function zipOf({ bundle }: RebuiltApp): Uint8Array {
  const size = Object.values(bundle.files).reduce((sum, { length }) => sum + length, 0);
  return deploymentZip(bundle, size > LARGE ? 6 : 0);
}

export function watchedApp(source: AppSource): WatchedApp {
  const context: AppContext = appContext(source);
  let inputs: ReadonlySet<string> = new Set([source.entry]);
  let functions: readonly DeployedFunction[] = [];
  // The functions' code is unknown at first: somebody may have updated it without CloudFormation.
  let current: string | undefined;
  return {
    name: source.app,
    inputs: () => inputs,
    deployed: (these) => {
      functions = these;
    },
    update: async (code) => {
      const built = await context.rebuild();
      inputs = new Set(built.inputs);
      if (functions.some(({ digest }) => digest !== built.digest)) return { kind: 'deployNeeded' };
      if (built.bundle.hash === current) return { kind: 'unchanged' };
      const zip = zipOf(built);
      await Promise.all(functions.map((fn) => code.update(fn, zip)));
      current = built.bundle.hash;
      return { kind: 'updated', functions: functions.map(({ name }) => name) };
    },
    dispose: () => context.dispose(),
  };
}
