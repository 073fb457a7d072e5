import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
export const CDK = join(root, 'node_modules', 'aws-cdk', 'bin', 'cdk');
export const GOBLET = join(root, 'packages', 'goblet', 'bin', 'goblet.js');
export const START = join(root, 'scripts', 'start.js');

const { AWS_PROFILE: _profile, ...inherited } = process.env;
const clean = Object.fromEntries(
  Object.entries(inherited).filter(
    ([name]) => !/^(AWS_|CDK_|npm_|VITEST|NODE_OPTIONS|NO_COLOR|FORCE_COLOR|DYNAMODB_)/.test(name),
  ),
);

/** The environment of a shell that knows nothing of AWS. */
export const plainEnvironment: Readonly<Record<string, string | undefined>> = { ...clean, NO_COLOR: '1' };
