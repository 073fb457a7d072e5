import { unusable } from '../errors/folder.js';
import { CloudError } from './cloud-error.js';

interface SystemCause {
  readonly codes: readonly string[];
  /** LevelDB gives the operating system's text and not its code. */
  readonly text: RegExp;
  readonly cause: string;
  readonly remedy: string;
}

const SYSTEM_CAUSES: readonly SystemCause[] = [
  {
    codes: ['ENOSPC'],
    text: /no space left|not enough space/i,
    cause: 'the disk is full',
    remedy: 'make room',
  },
  {
    codes: ['EDQUOT'],
    text: /quota exceeded/i,
    cause: 'your disk quota is used up',
    remedy: 'make room',
  },
  {
    codes: ['EROFS'],
    text: /read-only file system/i,
    cause: 'its file system is read-only',
    remedy: 'give --data a folder that can be written',
  },
  {
    codes: ['EACCES', 'EPERM'],
    text: /permission denied|operation not permitted|access is denied/i,
    cause: 'you are not permitted to read and write it',
    remedy: 'change its owner or mode, or give --data another folder',
  },
  {
    codes: ['ENOTDIR', 'EEXIST', 'EISDIR'],
    text: /not a directory|is a directory|file exists/i,
    cause: 'a file is in the way',
    remedy: 'move it away, or give --data another folder',
  },
  {
    codes: ['EMFILE', 'ENFILE'],
    text: /too many open files/i,
    cause: 'too many files are open',
    remedy: 'raise the limit (ulimit -n)',
  },
  {
    codes: ['EIO'],
    text: /input\/output error/i,
    cause: 'the disk reports an input/output error',
    remedy: 'check the disk, or give --data another folder',
  },
];

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

/** The texts of an error and of what caused it. */
export function failureTexts(error: unknown): string {
  return error instanceof Error ? [error.message, failureTexts(error.cause)].filter(Boolean).join(': ') : '';
}

function systemCause(error: unknown): SystemCause | undefined {
  const text = failureTexts(error);
  return SYSTEM_CAUSES.find(
    ({ codes, text: pattern }) => codes.some((code) => code === codeOf(error)) || pattern.test(text),
  );
}

/** True if the operating system refused; false if the contents are wrong. */
export function isSystemFailure(error: unknown): boolean {
  return systemCause(error) !== undefined;
}

/**
 * The error for a file or folder of the cloud that could not be read or written.
 * @param task the failed action: `opened`, `written`
 * @example
 * await rm(path).catch((error: unknown) => {
 *   throw folderFailure(path, 'removed', error);
 * });
 */
export function folderFailure(path: string, task: string, error: unknown): CloudError {
  if (error instanceof CloudError) return error;
  const known = systemCause(error);
  const reason = known ? `${known.cause}; ${known.remedy}` : failureTexts(error) || String(error);
  return new CloudError(unusable(path, task, reason), { cause: error });
}
