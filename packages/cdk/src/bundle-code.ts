import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { AppBuild } from './inventory.js';

/**
 * The app's bundle as an asset named by its contents, so that all stacks and functions share it. If CDK needs no bundle
 * because the stack is not selected, an empty handler replaces it in the template.
 */
export function bundleCode(bundle: AppBuild['bundle']): lambda.Code {
  if (bundle !== undefined) return lambda.Code.fromAsset(bundle.folder, { assetHash: bundle.hash });
  return lambda.Code.fromAsset(placeholderFolder(), { assetHash: 'goblet-not-bundled' });
}

let placeholder: string | undefined;

function placeholderFolder(): string {
  if (placeholder !== undefined) return placeholder;
  const folder = mkdtempSync(join(tmpdir(), 'goblet-not-bundled-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'index.mjs'), 'throw new Error("this stack was synthesized without its bundle");\n');
  placeholder = folder;
  return folder;
}
