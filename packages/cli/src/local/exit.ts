/** Thrown when the app tries to end its process, so that the code after the call does not run. */
class ProcessExit extends Error {
  override readonly name = 'Runtime.ExitError';
}

const leave = process.exit.bind(process);

/**
 * Keeps the app from ending this process with `process.exit` or an uncaught exception. The listener replaces the
 * process, as Lambda replaces a function's environment.
 *
 * @param ended called once
 * @returns a function that ends the process nevertheless
 */
export function guardExit(ended: (what: string) => void): (code: number) => never {
  let told = false;
  const tell = (what: string) => {
    if (told) return;
    told = true;
    ended(what);
  };
  process.exit = (code = process.exitCode) => {
    const what = `exit status ${code ?? 0}`;
    tell(what);
    throw new ProcessExit(`Runtime exited with ${what}`);
  };
  const uncaught = (error: unknown) => {
    if (error instanceof ProcessExit) return;
    console.error(error);
    tell('an uncaught exception');
  };
  process.on('uncaughtException', uncaught);
  process.on('unhandledRejection', uncaught);
  return leave;
}
