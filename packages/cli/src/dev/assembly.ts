import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A stack of a cloud assembly, with its functions that belong to an app. */
export interface AssemblyStack {
  /** The name in `cdk list`. */
  readonly displayName: string;
  readonly stackName: string;
  /** Undefined if the stack does not specify an account. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly functions: readonly AssemblyFunction[];
}

/** The construct's record of a function in the metadata of the assembly. */
export interface AssemblyFunction {
  readonly logicalId: string;
  /** Its name in the app. */
  readonly name: string;
  /** Hash of the app's infrastructure in this stack. */
  readonly digest: string;
  readonly source: AppSource;
}

/** The input from which the code of an app is built. */
export interface AppSource {
  /** The app's name. */
  readonly app: string;
  /** The app's file. */
  readonly entry: string;
  readonly external: readonly string[];
  readonly include: readonly string[];
}

// Only the members that are read; aws-cdk-lib and our construct write them ("cloud-assembly-schema",
// artifact-schema.ts).
interface Manifest {
  readonly artifacts?: Readonly<Record<string, Artifact>>;
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly dependencies?: readonly string[];
  readonly properties?: { readonly stackName?: string; readonly directoryName?: string };
  readonly metadata?: Metadata;
  readonly additionalMetadataFile?: string;
}

type Metadata = Readonly<Record<string, readonly { readonly type: string; readonly data?: unknown }[]>>;

interface RecordedFunction extends AppSource {
  readonly logicalId: string;
  readonly function: string;
  readonly inventory: string;
}

/**
 * The stacks of a cloud assembly that `cdk deploy` selects by these patterns, and the stacks on which they depend; all
 * stacks without a pattern.
 */
export function selectedStacks(folder: string, patterns: readonly string[]): readonly AssemblyStack[] {
  return readAssembly(folder).flatMap(({ folder: inside, artifacts }) => {
    const stacks = Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
    const wanted = new Set(
      stacks.filter(([id, artifact]) => isSelected(artifact.displayName ?? id, patterns)).map(([id]) => id),
    );
    // A set that grows during iteration is iterated to its end.
    for (const id of wanted) for (const other of artifacts[id]?.dependencies ?? []) wanted.add(other);
    return stacks.filter(([id]) => wanted.has(id)).map(([id, artifact]) => stackOf(id, artifact, inside));
  });
}

interface Assembly {
  readonly folder: string;
  readonly artifacts: Readonly<Record<string, Artifact>>;
}

/** The assembly and, because each CDK stage has its own, the assemblies inside. */
function readAssembly(folder: string): readonly Assembly[] {
  const { artifacts = {} } = read<Manifest>(join(folder, 'manifest.json'));
  const nested = Object.values(artifacts)
    .filter(({ type }) => type === 'cdk:cloud-assembly')
    .flatMap(({ properties }) => readAssembly(join(folder, properties?.directoryName ?? '')));
  return [{ folder, artifacts }, ...nested];
}

/** Glob patterns of `cdk`: `*` matches anything but a slash, `**` anything. */
function isSelected(name: string, patterns: readonly string[]): boolean {
  if (patterns.length === 0) return true;
  return patterns.some((pattern) => {
    const parts = pattern
      .split(/(\*\*|\*|\?)/)
      .map((part) => WILDCARDS[part] ?? part.replace(/[.+^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('')}$`).test(name);
  });
}

const WILDCARDS: Readonly<Record<string, string>> = { '**': '.*', '*': '[^/]*', '?': '[^/]' };

function stackOf(id: string, artifact: Artifact, folder: string): AssemblyStack {
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(artifact.environment ?? '') ?? [];
  const { additionalMetadataFile, metadata } = artifact;
  const entries = {
    ...metadata,
    ...(additionalMetadataFile === undefined ? {} : read<Metadata>(join(folder, additionalMetadataFile))),
  };
  return {
    displayName: artifact.displayName ?? id,
    stackName: artifact.properties?.stackName ?? id,
    account: account === 'unknown-account' ? undefined : account,
    region: region === 'unknown-region' ? undefined : region,
    functions: Object.values(entries)
      .flat()
      .filter(({ type }) => type === 'goblet:function')
      .map(({ data }) => functionOf(data as RecordedFunction)),
  };
}

function functionOf(recorded: RecordedFunction): AssemblyFunction {
  const { logicalId, function: name, inventory: digest, app, entry, external, include } = recorded;
  return { logicalId, name, digest, source: { app, entry, external, include } };
}

const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;
