import { invalidParameter } from './invalid-parameter.js';

/** Validates tags; without input there are no tags. */
export function readTags(tags: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> {
  const entries = Object.entries(tags ?? {});
  if (entries.length > 50) throw invalidParameter('The number of tags exceeds the limit of 50.');
  for (const [key, value] of entries) {
    if (key === '' || key.length > 128 || value.length > 256) {
      throw invalidParameter(
        `The tag ${JSON.stringify(key)} is not of 1 to 128 characters with a value of at most 256.`,
      );
    }
  }
  return tags ?? {};
}
