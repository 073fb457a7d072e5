/** Stack frames of the code that loads the app; they do not help the app's author. */
const LOADER = /^\s+at .*(node:internal|[\\/]build[\\/]dist[\\/])/;

/** The lines of an error: each message once, and of a stack trace the part in the app. */
export function failureText(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const detail = error instanceof Error && 'detail' in error && typeof error.detail === 'string' ? error.detail : '';
  const lines = detail.split('\n').filter((line) => line !== '' && !message.includes(line) && !LOADER.test(line));
  return [message, ...lines].join('\n');
}
