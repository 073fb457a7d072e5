import { type AppContext, appContext, deploymentZip, type RebuiltApp } from '@goblet/build';
import type { AppSource } from './assembly.js';
import type { DeployedFunction, FunctionCode } from './function-code.js';

/** What became of an app's code: nothing to do, given to its functions, or not without a deploy. */
export type CodeUpdate =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'updated'; readonly functions: readonly string[] }
  | { readonly kind: 'deployNeeded' };

/** An app whose functions are deployed, and that is built anew when its files change. */
export interface WatchedApp {
  readonly name: string;
  /** Every file of it that was seen at the last build. */
  readonly inputs: () => ReadonlySet<string>;
  /** Takes over what a deploy made. */
  readonly deployed: (functions: readonly DeployedFunction[]) => void;
  /**
   * Builds the app, and gives its functions the code where they are to have other.
   * @throws BuildError for what keeps the app from being built or loaded, and what Lambda refuses
   */
  readonly update: (code: FunctionCode) => Promise<CodeUpdate>;
  readonly dispose: () => Promise<void>;
}

/** Bytes from which code is compressed: Lambda takes no more than 50 MB in a call, and this machine needs no smaller ones. */
const LARGE = 30_000_000;

function zipOf({ bundle }: RebuiltApp): Uint8Array {
  const size = Object.values(bundle.files).reduce((sum, { length }) => sum + length, 0);
  return deploymentZip(bundle, size > LARGE ? 6 : 0);
}

export function watchedApp(source: AppSource): WatchedApp {
  const context: AppContext = appContext(source);
  let inputs: ReadonlySet<string> = new Set([source.entry]);
  let functions: readonly DeployedFunction[] = [];
  // What the functions have is not known before: someone may have given them code behind the back of CloudFormation.
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
