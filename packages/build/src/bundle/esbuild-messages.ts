import type { BuildFailure as EsbuildFailure, Message } from 'esbuild';
import { BuildError } from '../errors.js';

/** The coded error for a failure of esbuild: the first message in the sentence, all messages in the detail. */
export function bundleError(error: unknown): BuildError {
  if (!isEsbuildFailure(error)) throw error;
  const lines = error.errors.map(messageLine);
  const more = lines.length > 1 ? ` (and ${lines.length - 1} more)` : '';
  return new BuildError('GOBLET_BUILD_BUNDLE_FAILED', `${lines[0] ?? error.message}${more}`, lines.join('\n'));
}

function isEsbuildFailure(error: unknown): error is EsbuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

function messageLine({ text, location, notes }: Message): string {
  const place = location === null ? '' : `${location.file}:${location.line}:${location.column + 1}: `;
  const hints = notes.map((note) => `\n    ${note.text}`).join('');
  return `${place}${text}${hints}`;
}
