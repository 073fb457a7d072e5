import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { sourceFrames } from './source-frames.js';

const WATCH_LOAD = new URL('watch-load.js', import.meta.url).href;

/**
 * The stack trace, in lines of source, of a bundled file that does not finish loading: the loop, or the pending
 * `await`. The file is loaded again to find it, for at most five seconds.
 */
export async function whereItStays(file: string): Promise<string | undefined> {
  if (!existsSync(file)) return undefined;
  const main = join(dirname(file), 'watched.mjs');
  writeFileSync(main, `import ${JSON.stringify(WATCH_LOAD)};\nimport './${basename(file)}';\n`);
  return sourceFrames(await printedBy(main));
}

function printedBy(main: string): Promise<string> {
  return new Promise((resolve, reject) => {
    // On an interrupt the process prints its position; a loop cannot report itself.
    const child = spawn(process.execPath, ['--trace-sigint', main, String(PATIENCE)], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    let interrupted = false;
    const timers = [
      setTimeout(() => {
        interrupted = true;
        child.kill('SIGINT');
      }, PATIENCE + GRACE),
      setTimeout(() => child.kill('SIGKILL'), PATIENCE + 2 * GRACE),
    ];
    child.stderr?.on('data', (chunk: Buffer) => {
      if (interrupted) printed += chunk.toString();
    });
    child.stdio[3]?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', () => {
      for (const timer of timers) clearTimeout(timer);
      resolve(printed);
    });
  });
}

/** Milliseconds after which a file is assumed to loop or wait. */
const PATIENCE = 5_000;

/** Milliseconds for the process to start, and to print its position. */
const GRACE = 1_000;
