/**
 * The ids of the records that a function says it did not handle ("Implementing partial batch responses").
 * @returns `unreadable` for what is no report, or names a record that the function was not given: all of them failed
 */
export function reportedFailures(ids: readonly string[], answer: Uint8Array): readonly string[] | 'unreadable' {
  const failed = failedIds(Buffer.from(answer).toString());
  return failed === 'unreadable' || failed.some((id) => !ids.includes(id)) ? 'unreadable' : failed;
}

function failedIds(text: string): readonly string[] | 'unreadable' {
  let answer: unknown;
  try {
    answer = text === '' ? null : JSON.parse(text);
  } catch {
    return 'unreadable';
  }
  if (answer === null) return [];
  if (typeof answer !== 'object') return 'unreadable';
  const failures: unknown = Reflect.get(answer, 'batchItemFailures') ?? [];
  if (!Array.isArray(failures)) return 'unreadable';
  const ids = failures.map((each: unknown): unknown =>
    typeof each === 'object' && each !== null ? Reflect.get(each, 'itemIdentifier') : undefined,
  );
  return ids.every((id): id is string => typeof id === 'string' && id !== '') ? ids : 'unreadable';
}
