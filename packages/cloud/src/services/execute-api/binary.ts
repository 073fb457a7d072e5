import { mediaType } from './template.js';

/** True if the API treats a body of this media type as bytes. */
export type IsBinary = (contentType: string | undefined) => boolean;

/** Compiles an API's `binaryMediaTypes` (developer guide, "Working with binary media types for REST APIs"). */
export function binaryMatcher(binaryMediaTypes: readonly string[]): IsBinary {
  const types = binaryMediaTypes.map((type) => type.toLowerCase());
  if (types.length === 0) return () => false;
  if (types.includes('*/*')) return () => true;
  const exact = new Set(types);
  const families = types.filter((type) => type.endsWith('/*')).map((type) => type.slice(0, -1));
  return (contentType) => {
    const type = mediaType(contentType);
    return exact.has(type) || families.some((family) => type.startsWith(family));
  };
}
