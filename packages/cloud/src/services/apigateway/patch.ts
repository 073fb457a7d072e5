import type { Members } from '../../core/members.js';
import { badRequest } from './refusal.js';

export interface PatchOperation {
  readonly op: string;
  readonly path: string;
  readonly value: string | undefined;
}

/** Reads `patchOperations` of an Update operation. */
export function readPatches(members: Members): readonly PatchOperation[] {
  return members.structures('patchOperations').map((patch) => ({
    op: patch.neededText('op'),
    path: patch.neededText('path'),
    value: patch.text('value'),
  }));
}

/** One part of a patch path: `~1` is a slash, `~0` a tilde (RFC 6901). */
export function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** For patches that an Update operation does not know. */
export function invalidPatch({ op, path }: PatchOperation, known: readonly string[]): Error {
  return badRequest(`Invalid patch path '${path}' specified for op '${op}'. Must be one of: [${known.join(', ')}]`);
}
