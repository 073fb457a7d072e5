import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { plainEnvironment } from '../processes/commands.ts';
import { RunningProcess } from '../processes/running-process.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The browser of this machine; undefined if none is installed. */
export const CHROMIUM: string | undefined = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => NAMES.map((name) => join(folder, name)))
  .find((path) => existsSync(path));

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Opens a page in a browser with a profile of its own. It is closed when the test ends.
 *
 * @param hosts names that lead to this machine: `evil.example`
 */
export async function openPage(url: string, hosts: readonly string[], ...flags: string[]): Promise<RunningProcess> {
  if (CHROMIUM === undefined) throw new Error('no Chromium is installed');
  const profile = await mkdtemp(join(tmpdir(), 'goblet-chromium-'));
  const rules = hosts.map((host) => `MAP ${host} 127.0.0.1`).join(', ');
  const browser = RunningProcess.start(
    CHROMIUM,
    [...FLAGS, `--user-data-dir=${profile}`, `--host-resolver-rules=${rules}`, ...flags, url],
    { cwd: profile, env: { ...plainEnvironment, HOME: profile } },
  );
  onTestFinished(async () => {
    browser.signal('SIGKILL');
    await browser.exited();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  return browser;
}

/** What a browser shows of a page that it is sent to. */
export async function textOf(url: string, host: string): Promise<string> {
  const browser = await openPage(url, [host], '--dump-dom');
  await browser.exited();
  return browser.standardOutput;
}
