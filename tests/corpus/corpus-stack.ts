import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface CorpusTemplate {
  readonly Resources?: Readonly<Record<string, CorpusResource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
}

interface CorpusResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** A synthesized stack of a public CDK app. */
export interface CorpusStack {
  readonly stackName: string;
  /** `aws://unknown-account/eu-west-1` */
  readonly environment?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly template: CorpusTemplate;
  /** By the path of their assets. */
  readonly nestedTemplates?: Readonly<Record<string, CorpusTemplate>>;
}

/** The stacks of one app, in the order in which they are deployed. */
export interface CorpusApp {
  readonly name: string;
  readonly stacks: readonly CorpusStack[];
}

/** @param folder of JSON files, one an app */
export function readCorpus(folder: string): readonly CorpusApp[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ name, stacks: JSON.parse(readFileSync(join(folder, name), 'utf8')) }));
}

/** The resource types of a stack, those of its nested stacks included. */
export function typesOf({ template, nestedTemplates = {} }: CorpusStack): ReadonlySet<string> {
  const all = [template, ...Object.values(nestedTemplates)];
  return new Set(all.flatMap(({ Resources = {} }) => Object.values(Resources).map(({ Type }) => Type)));
}
