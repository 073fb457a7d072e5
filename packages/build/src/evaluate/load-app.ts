import type { AppDefinition } from 'goblet/definition';
import { BuildError } from '../build-error.js';
import type { Entry } from '../entry.js';
import { noApp, unreadableVersion } from '../errors/loading.js';
import type { LoadedApp } from './describe-app.js';
import { evaluateModule, type LoadedModule, loadModule, shortPath } from './load-module.js';

/** The key of `packages/goblet/src/definition.ts`, by value: this package knows only the framework's types. */
const APP = Symbol.for('goblet.app');

/** @throws BuildError if the file does not load or exports no app */
export function loadApp(entry: Entry, external: readonly string[], folder: string): Promise<LoadedModule<LoadedApp>> {
  return loadModule(entry, external, folder, readApp(entry));
}

/** Like `loadApp`, for a file that was already bundled into the folder. */
export function evaluateApp(entry: Entry, external: readonly string[], folder: string): Promise<LoadedApp> {
  return evaluateModule(entry, external, folder, readApp(entry));
}

function readApp(entry: Entry) {
  return (moduleExports: Readonly<Record<string, unknown>>): LoadedApp => ({
    definition: appDefinition(moduleExports.app, entry),
    exports: moduleExports,
  });
}

/** An app checks itself as a whole when its definition is read, and may throw then. */
function appDefinition(app: unknown, entry: Entry): AppDefinition {
  const definition: unknown = typeof app === 'object' && app !== null ? Reflect.get(app, APP) : undefined;
  if (definition === undefined || definition === null) throw new BuildError(noApp(shortPath(entry), app));
  const version: unknown = Reflect.get(definition, 'version');
  if (version !== 1) throw new BuildError(unreadableVersion(shortPath(entry), version));
  return definition as AppDefinition;
}
