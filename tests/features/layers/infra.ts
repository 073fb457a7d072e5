import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Goblet } from '@goblet/cdk';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Code, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { app } from '../app.js';
import type { app as service } from './app.js';

/** A layer's folder with one package, gone when the stack is synthesized. */
function layerFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'goblet-layer-'));
  process.on('exit', () => rmSync(folder, { recursive: true }));
  const greeter = join(folder, 'nodejs', 'node_modules', 'greeter');
  mkdirSync(greeter, { recursive: true });
  writeFileSync(join(greeter, 'index.js'), 'module.exports = (name) => `hello ${name}`;\n');
  return folder;
}

const stack = new Stack(app, 'Layers');
const layer = new LayerVersion(stack, 'Greeter', {
  code: Code.fromAsset(layerFolder()),
  compatibleRuntimes: [Runtime.NODEJS_22_X],
});
new Goblet<typeof service>(stack, 'Service', { entry: new URL('./app.ts', import.meta.url), layers: [layer] });
new CfnOutput(stack, 'LayerArn', { value: layer.layerVersionArn });
