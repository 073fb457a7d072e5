/** Thrown where the app ended its process, so that the code behind the call does not run. */
class ProcessExit extends Error {
  override readonly name = 'Runtime.ExitError';
}

const leave = process.exit.bind(process);

/**
 * Keeps the app from ending this process, by `process.exit` or by an exception that nobody caught; whoever is told
 * replaces the process instead, as Lambda does the environment of a function.
 *
 * @param ended told once
 * @returns how to end the process all the same
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
