import { createHash } from 'node:crypto';
import { GeneratedLines } from '../core/generated-lines.js';
import type { PolicyRecord } from './identity-record.js';

/** A line of the generated file. */
interface Line {
  /** With its path: `service-role/AWSLambdaBasicExecutionRole` */
  readonly name: string;
  readonly version: string;
  readonly created: string;
  readonly updated: string;
  readonly document: string;
}

const lines = new GeneratedLines(new URL('../../generated/managed-policies.ndjson.gz', import.meta.url));
const ARN = /^(arn:aws[a-z-]*):iam::aws:policy\/(.+)$/;
const read = new Map<string, PolicyRecord | undefined>();

function recordOf({ name, version, created, updated, document }: Line, arn: string): PolicyRecord {
  const slash = name.lastIndexOf('/') + 1;
  return {
    name: name.slice(slash),
    path: `/${name.slice(0, slash)}`,
    id: `ANPA${createHash('sha256').update(name).digest('hex').slice(0, 17).toUpperCase()}`,
    arn,
    description: undefined,
    created: Date.parse(created),
    updated: Date.parse(updated),
    versions: [{ id: version, document, created: Date.parse(updated) }],
    defaultVersion: version,
    lastVersion: Number(version.slice(1)),
    tags: [],
  };
}

function find(arn: string): PolicyRecord | undefined {
  const name = ARN.exec(arn)?.[2];
  if (name === undefined) return undefined;
  const line = lines.find(name);
  return line === undefined ? undefined : recordOf(JSON.parse(line), arn);
}

/** The managed policies of AWS, each in its current version and in every partition. */
export const AWS_MANAGED_POLICIES = {
  get: (arn: string): PolicyRecord | undefined => {
    if (!read.has(arn)) read.set(arn, find(arn));
    return read.get(arn);
  },
  /** Those of the partition `aws`, by name. */
  values: (): readonly PolicyRecord[] =>
    lines.all().map((line) => {
      const parsed: Line = JSON.parse(line);
      return recordOf(parsed, `arn:aws:iam::aws:policy/${parsed.name}`);
    }),
};
