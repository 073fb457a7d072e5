import { CloudError } from '../core/cloud-error.js';
import { failureTexts, folderFailure, isSystemFailure } from '../core/folder-failure.js';
import { damaged } from '../errors/folder.js';
import { ValueDamaged } from './stored-value.js';

export function storeDamaged(folder: string, reason: string, error?: unknown): CloudError {
  return new CloudError(damaged(folder, reason), { cause: error });
}

/**
 * The error for the user when LevelDB fails; other errors unchanged.
 * @param what what could not be read or written
 * @param task `read`, `written` or `opened`
 */
export function storeFailure(folder: string, what: string, task: string, error: unknown): unknown {
  if (error instanceof CloudError) return error;
  if (isSystemFailure(error)) return folderFailure(folder, task, error);
  const texts = failureTexts(error);
  if (!(error instanceof ValueDamaged) && !/corruption|io error|does not exist/i.test(texts)) return error;
  return storeDamaged(folder, `${what} can not be ${task} (${texts || 'its checksum does not match'})`, error);
}
