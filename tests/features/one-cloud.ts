import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { root } from '../processes/commands.js';
import { DeployedApp } from '../processes/deployed-app.js';
import { FEATURES } from './names.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder in which the deployment tells the tests of itself. */
    readonly features: string;
  }
}

/** Deploys the features whose tests are to run, once for all of them, while the tests of others begin. */
export default async function deployFeatures(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { testFiles } = await project.globTestFiles(selected(project.vitest));
  const names = new Set(testFiles.map((file) => basename(file, '.test.ts')));
  const features = FEATURES.filter((feature) => names.has(feature));
  const folder = join(root, '.story', `features-${process.pid}`);
  project.provide('features', folder);
  if (features.length === 0) return undefined;
  mkdirSync(folder, { recursive: true });
  const deployed = deploy(features, folder);
  return async () => {
    await (await deployed)?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** The files that the command line names: Vitest knows them, and its types do not say so. */
function selected(vitest: object): string[] | undefined {
  const pattern: unknown = Reflect.get(vitest, 'filenamePattern');
  return Array.isArray(pattern) ? pattern.map(String) : undefined;
}

async function deploy(features: readonly string[], folder: string): Promise<DeployedApp | undefined> {
  const tell = (deployment: object): void => {
    const file = join(folder, 'deployment.json');
    writeFileSync(`${file}.part`, JSON.stringify(deployment));
    renameSync(`${file}.part`, file);
  };
  try {
    const app = await DeployedApp.deploy(`tests/features/several.ts ${features.join(' ')}`);
    app.cloud.copyTo(join(folder, 'output.txt'));
    tell({
      outputs: app.outputs,
      endpoint: app.endpoint,
      dataFolder: app.dataFolder,
      clientConfig: await app.clientConfig(),
    });
    return app;
  } catch (error) {
    tell({ error: String(error) });
    return undefined;
  }
}
