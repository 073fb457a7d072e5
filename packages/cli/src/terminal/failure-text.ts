/** Frames of what loaded the app: they say nothing to whom wrote it. */
const LOADER = /^\s+at .*(node:internal|[\\/]build[\\/]dist[\\/])/;

/** What went wrong with a version, as lines: each thing once, and of a stack the part that is the app's. */
export function failureText(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const detail = error instanceof Error && 'detail' in error && typeof error.detail === 'string' ? error.detail : '';
  const lines = detail.split('\n').filter((line) => line !== '' && !message.includes(line) && !LOADER.test(line));
  return [message, ...lines].join('\n');
}
