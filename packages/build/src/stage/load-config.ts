import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { askChild } from '../ask-child.js';
import { BuildError } from '../build-error.js';
import { noSuchConfig } from '../errors/entry.js';
import type { ConfigReply } from '../evaluate/child.js';
import type { GobletConfig } from './config.js';

/**
 * The name of the configuration file in the folder of a project.
 * @example const hasConfig = existsSync(join(project, CONFIG_FILE));
 */
export const CONFIG_FILE = 'goblet.config.ts';

/** Options of `loadConfig`. */
export interface LoadConfigOptions {
  /** Absolute path of the folder that has `goblet.config.ts`. */
  readonly project: string;
  /** Another file instead of `goblet.config.ts`: TypeScript, JavaScript or JSON. */
  readonly file?: string;
  /**
   * The file's environment.
   * @default - this process's environment
   */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * The app's configuration; without the file, a configuration without options. It is bundled and evaluated in a separate
 * process, like the app, but with the whole environment: here values from outside are allowed.
 * @throws BuildError if the file does not load, and GOBLET_BUILD_OPTION_UNKNOWN or GOBLET_BUILD_OPTION_INVALID for its
 * contents
 * @example const config = await loadConfig({ project: '/srv/orders' });
 */
export async function loadConfig({
  project,
  file,
  environment = process.env,
}: LoadConfigOptions): Promise<GobletConfig> {
  const path = file === undefined ? join(project, CONFIG_FILE) : resolve(file);
  if (!existsSync(path)) {
    if (file === undefined) return {};
    throw new BuildError(noSuchConfig(path));
  }
  const { config } = await askChild<ConfigReply>(['config', path], { file: path, cwd: dirname(path), environment });
  return config;
}
