import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EnvironmentImage } from './environment-image.js';

/** The same file from the sources (tests) and from the build. */
const BOOTSTRAP = fileURLToPath(new URL('../../dist/runtime/bootstrap/main.js', import.meta.url));
/**
 * Starts the process of an environment.
 * @param address the address of its Runtime API
 */
export function startProcess(image: EnvironmentImage, address: string): ChildProcess {
  const [command, ...parameters] = programOf(image);
  return spawn(command, parameters, {
    cwd: image.taskRoot,
    env: { ...image.variables, AWS_LAMBDA_RUNTIME_API: address },
    // Output, errors, log frames (log-frame.ts), and the Runtime API by a pipe, which costs half of what its port does.
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
}

/** The runtime, behind the function's wrapper if it has one: a shell says as on Lambda that there is no such program. */
function programOf({ memorySize, wrapper }: EnvironmentImage): readonly [string, ...string[]] {
  const runtime = [process.execPath, ...heapLimits(memorySize), BOOTSTRAP] as const;
  return wrapper === undefined ? runtime : ['/bin/sh', '-c', 'exec "$0" "$@"', wrapper, ...runtime];
}

/** The limits of the heap that Lambda's Node.js runtimes start with: a tenth of the memory for what is young. */
function heapLimits(memorySize: number): readonly string[] {
  const young = Math.floor(memorySize / 10);
  return [`--max-semi-space-size=${Math.floor(young / 2)}`, `--max-old-space-size=${memorySize - young}`];
}
