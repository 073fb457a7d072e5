import { pathToFileURL } from 'node:url';
import { BuildError } from '../build-error.js';
import { awaitPending, exitCalled } from '../errors/loading.js';
import { whereItStays } from './where-it-stays.js';

/**
 * Imports a file that may end the process, or never finish loading.
 * It cannot stop a loop that never yields; the parent process does that.
 * @throws BuildError GOBLET_BUILD_APP_EXITED with the stack trace of the call; GOBLET_BUILD_APP_TIMEOUT for a top-level
 * await that never settles, with its stack trace
 */
export async function guardedImport(file: string, shownAs: string): Promise<Readonly<Record<string, unknown>>> {
  const { exit } = process;
  let stopWaiting: () => void = () => {};
  const interrupted = new Promise<never>((_, reject) => {
    process.exit = (code) => {
      const error = new BuildError(exitCalled(shownAs, code, new Error('process.exit').stack));
      reject(error);
      throw error;
    };
    // The event loop ran dry, and the import is still pending.
    stopWaiting = () =>
      whereItStays(file).then((stack) => reject(new BuildError(awaitPending(shownAs, stack))), reject);
    process.once('beforeExit', stopWaiting);
  });
  try {
    return (await Promise.race([import(pathToFileURL(file).href), interrupted])) as Record<string, unknown>;
  } finally {
    process.exit = exit;
    process.removeListener('beforeExit', stopWaiting);
  }
}
