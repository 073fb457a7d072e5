import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { sourceFrames } from './source-frames.js';

const WATCH_LOAD = new URL('watch-load.js', import.meta.url).href;

/**
 * The stack, in lines of source, of a bundled file that does not finish loading: where it loops, or the `await` that it
 * waits at. The file is loaded once more to see it, for five seconds at most.
 */
export async function whereItStays(file: string): Promise<string | undefined> {
  if (!existsSync(file)) return undefined;
  const main = join(dirname(file), 'watched.mjs');
  writeFileSync(main, `import ${JSON.stringify(WATCH_LOAD)};\nimport './${basename(file)}';\n`);
  return sourceFrames(await printedBy(main));
}

function printedBy(main: string): Promise<string> {
  return new Promise((resolve, reject) => {
    // Interrupted, it prints where it is: what loops does not get to say so itself.
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

/** Milliseconds after which a file is held to have come to where it stays. */
const PATIENCE = 5_000;

/** Milliseconds that the process has to start, and to print where it is. */
const GRACE = 1_000;
