import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { askChild } from '../ask-child.js';
import { BuildError } from '../errors.js';
import type { ConfigReply } from '../evaluate/child.js';
import type { GobletConfig } from './config.js';

export const CONFIG_FILE = 'goblet.config.ts';

export interface LoadConfigOptions {
  /** Absolute path of the folder in which `goblet.config.ts` is looked for. */
  readonly project: string;
  /** A file by name, in place of `goblet.config.ts`: TypeScript, JavaScript or JSON. */
  readonly file?: string;
  /** What the file sees as its environment; this process's by default. */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * The app's configuration; without the file, that of an app with no options. It is bundled and evaluated in a process of
 * its own, as the app is, but with the whole environment: here values of the outside may enter.
 * @throws BuildError what keeps the file from loading, and GOBLET_BUILD_OPTION_UNKNOWN or GOBLET_BUILD_OPTION_INVALID
 * for what it holds
 */
export async function loadConfig({
  project,
  file,
  environment = process.env,
}: LoadConfigOptions): Promise<GobletConfig> {
  const path = file === undefined ? join(project, CONFIG_FILE) : resolve(file);
  if (!existsSync(path)) {
    if (file === undefined) return {};
    throw new BuildError('GOBLET_BUILD_CONFIG_NOT_FOUND', `there is no ${path}; name the file with the stage options`);
  }
  const { config } = await askChild<ConfigReply>(['config', path], { file: path, cwd: dirname(path), environment });
  return config;
}
