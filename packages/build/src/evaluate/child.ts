import { writeSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type ApiDefinition, apiDefinition } from '../api-definition/api-definition.js';
import { BuildError, type BuildFailure, toFailure } from '../build-error.js';
import { type Bundle, buildBundle } from '../bundle/bundle.js';
import { writeBundle } from '../bundle/write-bundle.js';
import { infrastructureDigest } from '../digest.js';
import { type Entry, resolveEntry } from '../entry.js';
import { noDefaultExport } from '../errors/options.js';
import { type HttpApiDefinition, httpApiDefinition } from '../http-api/http-api-definition.js';
import type { Inventory } from '../inventory.js';
import { type GobletConfig, parseConfig } from '../stage/config.js';
import { appWarnings, type BuildWarning } from '../warnings.js';
import { describeApp, type LoadedApp } from './describe-app.js';
import { evaluateApp, loadApp } from './load-app.js';
import { EVALUATED_FILE, loadModule, shortPath } from './load-module.js';
import { whereItStays } from './where-it-stays.js';

export interface InventoryRequest {
  /** The app's file or folder. Undefined: search from the working directory. */
  readonly entry: string | undefined;
  /** Packages that stay outside the bundle. */
  readonly external: readonly string[];
  /** An empty folder for the evaluated files. */
  readonly workFolder: string;
}

export interface AppRequest extends InventoryRequest {
  /** Where to write the deployable bundle; without it, none is built. */
  readonly bundleFolder?: string;
  /** Files and folders of the project to put beside the bundle. */
  readonly include: readonly string[];
}

/** The reply of `goblet-build inventory`. */
export interface InventoryReply {
  readonly inventory: Inventory;
  readonly entry: Entry;
  /** Absolute paths of every file of the app. */
  readonly inputs: readonly string[];
  /** Warnings to read before the app is deployed. */
  readonly warnings: readonly BuildWarning[];
}

/** The reply of `goblet-build app`. */
export interface AppBuild extends InventoryReply {
  /**
   * Short hash of the inventory's infrastructure: it changes when functions, routes or needs change, but not when lines
   * move.
   */
  readonly digest: string;
  /**
   * The document of a REST API with routes; `{{goblet:functionUri:APIHandler}}` is a placeholder for values that only
   * CDK knows.
   */
  readonly definition?: ApiDefinition;
  /** The definition of an HTTP API with routes. */
  readonly httpApi?: HttpApiDefinition;
  readonly bundle?: { readonly folder: string; readonly hash: string };
}

/** The JSON that the child process writes instead of the requested reply. */
export interface FailureReply {
  readonly failure: BuildFailure;
}

/** The reply of `goblet-build describe`. */
export interface DescribeReply {
  readonly inventory: Inventory;
}

/** The reply of `goblet-build config`. */
export interface ConfigReply {
  readonly config: GobletConfig;
}

/** The reply of `goblet-build explain`: the stack trace of the place where a file loops or waits while it loads. */
export interface ExplainReply {
  readonly stack?: string;
}

/** Writes the requested reply to the file descriptor, or the failure. */
export async function reply(asked: Promise<object>, descriptor: number): Promise<void> {
  const answer = await asked.catch((error: unknown) => {
    if (error instanceof BuildError) return { failure: toFailure(error) };
    throw error;
  });
  writeAll(descriptor, JSON.stringify(answer));
  process.exitCode = 'failure' in answer ? 1 : 0;
}

/**
 * Takes the inventory in this process. It describes what the app declares; anything that API Gateway would refuse is a
 * warning.
 */
export async function inventoryReply(request: InventoryRequest): Promise<InventoryReply> {
  const described = await taken(request);
  try {
    return { ...described, warnings: appWarnings(described.inventory, apiOf(described.inventory).httpApi) };
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    const { code, sentence } = toFailure(error);
    return { ...described, warnings: [{ code, message: sentence }, ...appWarnings(described.inventory, undefined)] };
  }
}

/**
 * The inventory and the deployable parts: the definition of the API, and the bundle if there is a folder for it.
 * @throws BuildError GOBLET_BUILD_NOT_SUPPORTED for an app that API Gateway would refuse
 */
export async function appReply(request: AppRequest): Promise<AppBuild> {
  const { bundleFolder, external, include } = request;
  const described = await taken(request);
  const { inventory, entry } = described;
  const api = apiOf(inventory);
  const made = {
    ...described,
    digest: infrastructureDigest(inventory),
    ...api,
    warnings: appWarnings(inventory, api.httpApi),
  };
  if (bundleFolder === undefined) return made;
  const bundle: Bundle = await buildBundle({ entry, inventory, external, include });
  writeBundle(bundle, bundleFolder);
  return { ...made, bundle: { folder: bundleFolder, hash: bundle.hash } };
}

async function taken({ entry: given, external, workFolder }: InventoryRequest) {
  const entry = resolveEntry(given === undefined ? {} : { entry: given });
  const { value: app, inputs } = await loadApp(entry, external, workFolder);
  return { inventory: await describe(app, entry), entry, inputs };
}

/** The inventory of the app that was bundled into the work folder. */
export async function describeReply(
  file: string,
  external: readonly string[],
  workFolder: string,
): Promise<DescribeReply> {
  const entry = resolveEntry({ entry: file });
  return { inventory: await describe(await evaluateApp(entry, external, workFolder), entry) };
}

function describe(app: LoadedApp, entry: Entry): Promise<Inventory> {
  return describeApp(app, relative(entry.project, entry.file).split(sep).join('/'), entry.project);
}

/** The definition of the app's API, if it has routes. */
function apiOf(inventory: Inventory): Pick<AppBuild, 'definition' | 'httpApi'> {
  if (inventory.routes.length === 0) return {};
  return inventory.api === 'rest'
    ? { definition: placeholderDefinition(inventory) }
    : { httpApi: httpApiDefinition(inventory) };
}

/** Loads the bundled file in a work folder again, for at most five seconds, to find where it loops or waits. */
export async function explainReply(workFolder: string): Promise<ExplainReply> {
  const stack = await whereItStays(join(workFolder, EVALUATED_FILE));
  return stack === undefined ? {} : { stack };
}

/** Evaluates a configuration file in this process. */
export async function configReply(file: string, workFolder: string): Promise<ConfigReply> {
  const entry = resolveEntry({ entry: file });
  const { value: config } = await loadModule(entry, [], workFolder, (moduleExports) => {
    if (moduleExports.default !== undefined) return parseConfig(moduleExports.default);
    throw new BuildError(noDefaultExport(shortPath(entry)));
  });
  return { config };
}

function placeholderDefinition(inventory: Inventory): ApiDefinition {
  const placeholder = (kind: string) => (name: string) => `{{goblet:${kind}:${name}}}`;
  return apiDefinition(inventory, {
    functionUri: placeholder('functionUri'),
    streamingUri: placeholder('streamingUri'),
    userPoolArns: (name) => [placeholder('userPoolArns')(name)],
  });
}

/** A pipe accepts 64 KiB at a time, and may return EAGAIN if the reader is slow. */
function writeAll(descriptor: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  }
}
