/**
 * Parameters in the order in which AWS answers them: that of a Java hash map of their names, as recorded answers show.
 */
export function inAnswerOrder<T extends { readonly key: string }>(parameters: readonly T[]): readonly T[] {
  let buckets = 16;
  // The map doubles when it is three quarters full.
  while (parameters.length > buckets * 0.75) buckets *= 2;
  const bucketOf = ({ key }: T): number => {
    const hash = hashCode(key);
    return (hash ^ (hash >>> 16)) & (buckets - 1);
  };
  return parameters.toSorted((a, b) => bucketOf(a) - bucketOf(b));
}

/** `String.hashCode` of Java. */
function hashCode(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}
