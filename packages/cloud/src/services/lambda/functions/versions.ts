import type { AwsError } from '../../../core/aws-error.js';
import { defined } from '../../../core/defined.js';
import { randomId } from '../../../core/random-id.js';
import { notFound } from '../lambda-error.js';
import { type FunctionReference, functionArn } from './function-name.js';
import type { FunctionRecord, FunctionVersion } from './function-record.js';
import { functionNotFound } from './function-store.js';

/**
 * The record with one more version, made of what `$LATEST` is. Where nothing has changed since the last one, AWS
 * publishes none, and the record is as it was.
 */
export function publish(record: FunctionRecord, description: string | undefined, now: number): FunctionRecord {
  const { latest, versions } = record;
  const last = versions.at(-1);
  if (last && sameContent(latest, last)) return record;
  const number = record.lastVersion + 1;
  const version: FunctionVersion = {
    ...latest,
    version: String(number),
    ...defined({ description }),
    lastModified: now,
    revisionId: randomId.uuid(),
  };
  // Publishing gives the function a new revision too.
  const revised = { ...latest, revisionId: randomId.uuid() };
  return { ...record, latest: revised, versions: [...versions, version], lastVersion: number };
}

function sameContent(a: FunctionVersion, b: FunctionVersion): boolean {
  const content = ({
    version,
    revisionId,
    contentId,
    lastModified,
    description,
    resourceId,
    ...rest
  }: FunctionVersion): string =>
    JSON.stringify(rest, Object.keys(rest).sort()) + JSON.stringify([rest.environment, rest.logging, rest.layers]);
  return content(a) === content(b);
}

/** AWS's error for an alias that is not there. */
export function aliasNotFound(reference: FunctionReference): AwsError {
  return notFound(`Cannot find alias arn: ${functionArn(reference)}`);
}

/** AWS's error where what is not there may be an alias, and is named as one if it can be one. */
export function qualifiedNotFound(reference: FunctionReference): AwsError {
  const { qualifier = '' } = reference;
  return /^(?!\d+$)[\w-]+$/.test(qualifier) ? aliasNotFound(reference) : functionNotFound(reference);
}

interface Resolution {
  /** From 0 to 1: an invocation draws among the versions of an alias by their weights. @default - the alias's main version */
  readonly draw?: number;
  readonly missing?: (reference: FunctionReference) => AwsError;
}

/** The version that a qualifier means: a number, `$LATEST`, an alias, or none. */
export function resolveVersion(
  record: FunctionRecord,
  reference: FunctionReference,
  { draw = 1, missing = functionNotFound }: Resolution = {},
): FunctionVersion {
  const { qualifier } = reference;
  if (qualifier === undefined || qualifier === '$LATEST') return record.latest;
  const alias = record.aliases.find(({ name }) => name === qualifier);
  const number = alias ? weighted(alias.version, alias.weights, draw) : qualifier;
  const version = number === '$LATEST' ? record.latest : record.versions.find((each) => each.version === number);
  if (version === undefined) throw missing(reference);
  return version;
}

function weighted(main: string, weights: Readonly<Record<string, number>> | undefined, at: number): string {
  let sum = 0;
  for (const [version, weight] of Object.entries(weights ?? {})) {
    sum += weight;
    if (at < sum) return version;
  }
  return main;
}
