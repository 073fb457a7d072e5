import { BuildError } from '../errors.js';

/**
 * Imports a module that may end the process, or wait for what never comes, while it is loaded.
 * A loop that never yields is beyond it: the parent ends the process then.
 * @throws BuildError GOBLET_BUILD_APP_EXITED with the stack of the call; GOBLET_BUILD_APP_TIMEOUT for a top-level await
 * that nothing will settle
 */
export async function guardedImport(url: string, shownAs: string): Promise<Readonly<Record<string, unknown>>> {
  const { exit } = process;
  let stopWaiting: () => void = () => {};
  const interrupted = new Promise<never>((_, reject) => {
    process.exit = (code) => {
      const error = new BuildError(
        'GOBLET_BUILD_APP_EXITED',
        `${shownAs} called process.exit(${code ?? ''}) while it was loaded`,
        new Error('process.exit').stack,
      );
      reject(error);
      throw error;
    };
    // The event loop ran dry, and the import is still pending.
    stopWaiting = () =>
      reject(
        new BuildError(
          'GOBLET_BUILD_APP_TIMEOUT',
          `${shownAs} waits at a top-level await for what never comes; move what waits into setup`,
        ),
      );
    process.once('beforeExit', stopWaiting);
  });
  try {
    return (await Promise.race([import(url), interrupted])) as Record<string, unknown>;
  } finally {
    process.exit = exit;
    process.removeListener('beforeExit', stopWaiting);
  }
}
