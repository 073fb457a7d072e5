import type { BuildFailure as EsbuildFailure, Message } from 'esbuild';
import { BuildError } from '../build-error.js';
import { notBundled } from '../errors/bundle.js';

/** The coded error for a failure of esbuild: the first message in the sentence, all messages in the detail. */
export function bundleError(error: unknown): BuildError {
  if (!isEsbuildFailure(error)) throw error;
  const [first = error.message, ...others] = error.errors.map(messageLine);
  return new BuildError(notBundled(first, others));
}

function isEsbuildFailure(error: unknown): error is EsbuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

function messageLine({ text, location, notes }: Message): string {
  const place = location === null ? '' : `${location.file}:${location.line}:${location.column + 1}: `;
  const hints = notes.map((note) => `\n    ${note.text}`).join('');
  return `${place}${text}${hints}`;
}
