import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { selectedStacks } from './assembly.js';

const stack = (displayName: string, more: object = {}) => ({
  type: 'aws:cloudformation:stack',
  environment: 'aws://unknown-account/unknown-region',
  displayName,
  ...more,
});

const recorded = (name: string) => [
  { type: 'aws:cdk:logicalId', data: `${name}1A2B` },
  {
    type: 'goblet:function',
    data: {
      logicalId: `${name}1A2B`,
      app: 'api',
      function: name,
      inventory: 'd1',
      entry: '/project/app.ts',
      external: ['sharp'],
      include: [],
    },
  },
];

/** A cloud assembly of these files. */
function assembly(files: Readonly<Record<string, object>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'goblet-assembly-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), JSON.stringify(content));
  }
  return folder;
}

const folder = assembly({
  'manifest.json': {
    artifacts: {
      Api: stack('Api', {
        environment: 'aws://123456789012/eu-west-1',
        additionalMetadataFile: 'Api.metadata.json',
        properties: { stackName: 'api-dev' },
        dependencies: ['Tables', 'Api.assets'],
      }),
      Tables: stack('Tables'),
      Other: stack('Other', { metadata: { '/Other/Fn/Resource': recorded('jobs') } }),
      'assembly-Prod': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } },
    },
  },
  'Api.metadata.json': { '/Api/WebApi/APIHandler/Resource': recorded('APIHandler') },
  'assembly-Prod/manifest.json': { artifacts: { ProdApi: stack('Prod/Api') } },
});

const names = (...patterns: string[]) => selectedStacks(folder, patterns).map(({ displayName }) => displayName);

test('a stack says where it goes, and of which functions the code is an app', () => {
  const [api] = selectedStacks(folder, ['Api']);
  expect(api).toEqual({
    displayName: 'Api',
    stackName: 'api-dev',
    account: '123456789012',
    region: 'eu-west-1',
    functions: [
      {
        logicalId: 'APIHandler1A2B',
        name: 'APIHandler',
        digest: 'd1',
        source: { app: 'api', entry: '/project/app.ts', external: ['sharp'], include: [] },
      },
    ],
  });
});

test('metadata in the manifest itself, as older CDKs write it, is read as well', () => {
  const [other] = selectedStacks(folder, ['Other']);
  expect(other).toMatchObject({ account: undefined, region: undefined, functions: [{ name: 'jobs' }] });
});

test('the stacks are those that the patterns name, and those that they depend on', () => {
  expect(names('Api')).toEqual(['Api', 'Tables']);
  expect(names('Oth*')).toEqual(['Other']);
  expect(names('*')).toEqual(['Api', 'Tables', 'Other']);
  expect(names('Prod/*')).toEqual(['Prod/Api']);
  expect(names('**')).toEqual(['Api', 'Tables', 'Other', 'Prod/Api']);
  expect(names('A.i')).toEqual([]);
  expect(names()).toEqual(['Api', 'Tables', 'Other', 'Prod/Api']);
});
