import { AwsError } from '../../core/aws-error.js';
import type { Constraints } from '../../model/constraints.js';
import { badRequest } from './refusal.js';

export interface PatchOperation {
  readonly op: string;
  readonly path: string;
  readonly value: string | undefined;
  readonly from: string | undefined;
}

/** In the order of AWS's sentences. */
const OPERATIONS = ['add', 'remove', 'move', 'test', 'replace', 'copy'];

/** The limits of `patchOperations` of every Update operation. */
export const PATCH_LIMITS: Constraints = { patchOperations: { each: { members: { op: { values: OPERATIONS } } } } };

/** Reads `patchOperations` of an Update operation. */
export function readPatches(
  patches: readonly {
    readonly op?: string | undefined;
    readonly path?: string | undefined;
    readonly value?: string | undefined;
    readonly from?: string | undefined;
  }[] = [],
): readonly PatchOperation[] {
  return patches.map(({ op = '', path = 'null', value, from }) => ({ op, path, value, from }));
}

/** One part of a patch path: `~1` is a slash, `~0` a tilde (RFC 6901). */
export function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** For patches that an Update operation does not know. AWS writes two spaces. */
export function invalidPatch({ op, path }: PatchOperation, known: readonly string[]): Error {
  const advice = op === 'replace' ? `Must be one of: [${known.join(', ')}]` : 'Please choose supported operations';
  return badRequest(`Invalid patch path  '${path}' specified for op '${op}'. ${advice}`);
}

/** For operations that a patch path does not take. */
export function invalidOperation(known: readonly string[]): Error {
  return badRequest(`Invalid patch operation specified. Must be one of: [${known.join(', ')}]`);
}

/** The members of a record that patches may change: whole, or entry by entry. */
export interface Patchable {
  readonly members: readonly string[];
  readonly maps: readonly string[];
}

/** A record with one patch applied: `/uri`, or `/requestTemplates/application~1json` with any operation. */
export function patchedMembers(
  record: Readonly<Record<string, unknown>>,
  { op, path, value }: PatchOperation,
  { members, maps }: Patchable,
): Readonly<Record<string, unknown>> {
  const [, name = '', ...rest] = path.split('/');
  const [entry] = rest;
  const isMember = members.includes(name) && rest.length === 0;
  if (!isMember && !(maps.includes(name) && entry !== undefined && rest.length === 1))
    throw badRequest(`Invalid patch path ${path}`);
  if (isMember) {
    if (op !== 'replace') throw invalidOperation(['replace']);
    return { ...record, [name]: value };
  }
  const { [unescapePointer(entry ?? '')]: before, ...others } = Object(record[name] ?? {});
  if (op === 'remove' || op === 'replace') {
    if (before === undefined) {
      const isByType = name.endsWith('Models') || name.endsWith('Templates');
      const what = isByType ? 'Content-Type specified was not found' : 'Invalid parameter name specified';
      throw new AwsError('NotFoundException', what, 404);
    }
    if (op === 'remove') return { ...record, [name]: others };
  }
  return { ...record, [name]: { ...others, [unescapePointer(entry ?? '')]: value } };
}
