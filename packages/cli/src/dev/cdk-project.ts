import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CliError } from '../cli-error.js';
import { upwards } from '../cloud/data-folder.js';
import { cdkNotInstalled, noCdkJson } from '../errors/cdk.js';

/** A CDK project and its installed `cdk`. */
export interface CdkProject {
  /** The folder in which `cdk` runs. */
  readonly folder: string;
  /** The file of the `cdk` command. */
  readonly cdk: string;
  /** The value of `--app`; otherwise the project's cdk.json has it. */
  readonly app: string | undefined;
}

/**
 * The nearest folder upwards with a cdk.json, or this folder if `app` is given.
 * @throws CliError GOBLET_CLI_NO_CDK_PROJECT, GOBLET_CLI_NO_CDK
 */
export function findCdkProject(from: string, app: string | undefined): CdkProject {
  const folder = [...upwards(from)].find((one) => existsSync(join(one, 'cdk.json'))) ?? (app && from);
  if (!folder) throw new CliError(noCdkJson(from));
  return { folder, cdk: installedCdk(folder), app };
}

function installedCdk(folder: string): string {
  try {
    const manifest = createRequire(join(folder, 'package.json')).resolve('aws-cdk/package.json');
    const parsed: { readonly bin?: { readonly cdk?: string } } = JSON.parse(readFileSync(manifest, 'utf8'));
    return join(dirname(manifest), parsed.bin?.cdk ?? 'bin/cdk');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
    throw new CliError(cdkNotInstalled(folder));
  }
}
