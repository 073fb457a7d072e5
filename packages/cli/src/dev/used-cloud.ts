import { findRunningCloud, type RunningCloud } from '../cloud/running-cloud.js';
import { type ServeOptions, serveCloud } from '../cloud/serve-cloud.js';
import type { Terminal } from '../terminal/terminal.js';
import type { DevEvent } from './dev-event.js';

/** A cloud to work with. If it was started for this purpose, it ends with it. */
export interface UsedCloud extends AsyncDisposable {
  readonly running: RunningCloud;
}

/** The cloud that runs on the data folder, else one in this process. */
export async function usedCloud(
  options: ServeOptions,
  terminal: Terminal,
  tell: (event: DevEvent) => void,
): Promise<UsedCloud> {
  const running = await findRunningCloud(options.dataFolder);
  if (running === undefined) return serveCloud(options, terminal);
  tell({ kind: 'usingCloud', endpoint: running.endpoint, pid: running.pid });
  return { running, [Symbol.asyncDispose]: async () => {} };
}
