import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { CfnFunction } from 'aws-cdk-lib/aws-sam';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { buildBundle } from '../bundle/bundle.js';
import { inventoryOf, route, times } from '../fixtures/inventory.js';
import { project } from '../fixtures/project.js';
import type { Inventory } from '../inventory.js';
import { parseStageOptions, type StageOptions } from '../stage/stage-options.js';
import { takeInventory } from '../take-inventory.js';
import { deploymentZip } from './deployment-zip.js';
import { samTemplate } from './sam-template.js';

const base = inventoryOf('rest', [route('GET', '/users/{name}'), route('POST', '/users')], {
  environment: [{ name: 'TABLE', type: 'string', required: true }],
});
const environment = { TABLE: 'users' };
const stage: StageOptions = {
  stageName: 'v1',
  environment,
  memorySize: 256,
  timeout: 20,
  tags: { team: 'users' },
  manageIamRole: false,
  iamRoleArn: 'arn:aws:iam::123456789012:role/mine',
};

describe('a SAM template', () => {
  test('has the function, the API, its permission and four outputs', () => {
    const { Resources, Outputs } = samTemplate(base, stage);
    expect(Resources.APIHandler).toEqual({
      Type: 'AWS::Serverless::Function',
      Properties: {
        Runtime: 'nodejs22.x',
        Architectures: ['arm64'],
        Handler: 'index.APIHandler',
        CodeUri: './deployment.zip',
        MemorySize: 256,
        Timeout: 20,
        Environment: { Variables: { TABLE: 'users' } },
        Tags: { team: 'users' },
        Role: 'arn:aws:iam::123456789012:role/mine',
      },
    });
    expect(Object.keys(Resources)).toEqual(['APIHandler', 'RestAPI', 'APIHandlerInvokePermission']);
    expect(Object.keys(Outputs)).toEqual(['RestAPIId', 'APIHandlerName', 'APIHandlerArn', 'EndpointURL']);
    expect(Outputs.EndpointURL?.Value).toEqual({
      'Fn::Sub': 'https://${RestAPI}.execute-api.${AWS::Region}.${AWS::URLSuffix}/v1/',
    });
  });

  test('leaves the role to SAM unless told', () => {
    expect(samTemplate(base, { environment }).Resources.APIHandler).not.toHaveProperty('Properties.Role');
  });

  test('is refused without the ARN of a role that is not managed', () => {
    expect(() => samTemplate(base, { environment, manageIamRole: false })).toThrow(
      'GOBLET_BUILD_OPTION_INVALID: manageIamRole is false; give the role as iamRoleArn',
    );
  });

  test('is refused without the variables that the app needs, and with others', () => {
    expect(() => samTemplate(base)).toThrow(/GOBLET_BUILD_BINDING_MISSING: the app needs TABLE/);
    expect(() => samTemplate(base, { environment: { ...environment, TABEL: '' } })).toThrow(
      /GOBLET_BUILD_OPTION_UNKNOWN: environment has TABEL/,
    );
  });

  test('takes the variables that every function reads', () => {
    const variables = { ...environment, GOBLET_LOG_LEVEL: 'debug', NODE_OPTIONS: '--enable-source-maps' };
    expect(samTemplate(base, { environment: variables }).Resources).toMatchObject({
      APIHandler: { Properties: { Environment: { Variables: variables } } },
    });
  });

  test.each<[string, Partial<Inventory>]>([
    ['HTTP APIs', { api: 'http' }],
    ['an app without routes', { routes: [] }],
    [
      'functions besides APIHandler, such as jobs',
      { functions: [...base.functions, { name: 'jobs', kind: 'source' }] },
    ],
    [
      'authorizers of kind cognito, such as user',
      {
        authorizers: [{ name: 'user', kind: 'cognito', options: {} }],
        routes: base.routes.map((route) => ({ ...route, auth: ['user'] })),
      },
    ],
  ])('refuses %s and points to the construct', (what, more) => {
    expect(() => samTemplate({ ...base, ...more }, { environment })).toThrow(
      `GOBLET_BUILD_NOT_SUPPORTED: a SAM package does not support ${what}; use the construct`,
    );
  });

  test('included in a CDK stack, takes the ARN of a role there', () => {
    using folder = project({});
    const stack = new Stack(new App(), 'Stack');
    const role = new iam.Role(stack, 'Mine', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const templateFile = join(folder.folder, 'sam.json');
    writeFileSync(templateFile, JSON.stringify(samTemplate(base, { ...stage, iamRoleArn: role.roleArn })));
    new CfnInclude(stack, 'WebApi', { templateFile });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Serverless::Function', {
      Role: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Mine'), 'Arn'] },
    });
    template.hasResourceProperties('AWS::Serverless::Api', { DefinitionBody: { openapi: '3.0.1' } });
  });
});

test('a template, included as it was written, takes its code from an asset and its role from the stack', async () => {
  using service = project({
    'app.ts': "import { App } from 'goblet'; export const app = new App('a'); app.get('/', () => 1);",
  });
  const { inventory, entry } = await takeInventory({ directory: service.folder, onOutput: () => {} });
  const templateFile = service.path('sam.json');
  const placeholder = { manageIamRole: false, iamRoleArn: 'arn:aws:iam::123456789012:role/given-in-the-stack' };
  writeFileSync(templateFile, JSON.stringify(samTemplate(inventory, placeholder)));
  writeFileSync(service.path('deployment.zip'), deploymentZip(await buildBundle({ entry, inventory })));
  const stack = new Stack(new App(), 'Stack');
  const role = new iam.Role(stack, 'Mine', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const handler = new CfnInclude(stack, 'WebApi', { templateFile }).getResource('APIHandler') as CfnFunction;
  handler.codeUri = new Asset(stack, 'Code', { path: service.path('deployment.zip') }).s3ObjectUrl;
  handler.role = role.roleArn;
  Template.fromStack(stack).hasResourceProperties('AWS::Serverless::Function', {
    CodeUri: { 'Fn::Sub': Match.stringLikeRegexp('^s3://cdk-') },
    Role: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Mine'), 'Arn'] },
  });
});

describe('stage options', () => {
  test('of unknown name are refused with the nearest known one', () => {
    expect(() => parseStageOptions({ memorySise: 128 })).toThrow(
      'GOBLET_BUILD_OPTION_UNKNOWN: memorySise is not a stage option; did you mean memorySize?',
    );
    expect(() => parseStageOptions({ stage: 'v1' })).toThrow(/did you mean stageName/);
  });

  test.each([
    ['memorySize', 64],
    ['timeout', 0],
    ['timeout', '10'],
    ['stageName', 'v/1'],
    ['environment', { A: 1 }],
    ['manageIamRole', 'no'],
  ])('%s does not take %j', (key, value) => {
    expect(() => parseStageOptions({ [key]: value })).toThrow(`GOBLET_BUILD_OPTION_INVALID: ${key} takes`);
  });
});

test('a template that CloudFormation would not take is refused', () => {
  const large = inventoryOf(
    'rest',
    times(1_500, (n) => route('GET', `/r${n}`)),
  );
  expect(() => samTemplate(large)).toThrow(
    /^GOBLET_BUILD_LIMIT: the template has 1\d{6} bytes including the API's definition, but CloudFormation accepts 1000000; /,
  );
});

test('deployment.zip holds the bundle, in the same bytes at any time', async () => {
  using service = project({
    'app.ts': "import { App } from 'goblet'; export const app = new App('a'); app.get('/', () => 1);",
  });
  const { inventory, entry } = await takeInventory({ directory: service.folder, onOutput: () => {} });
  const bundle = await buildBundle({ inventory, entry });
  const zip = deploymentZip(bundle);
  expect(Object.keys(unzipSync(zip))).toEqual(['index.mjs', 'index.mjs.map']);
  expect(Buffer.from(unzipSync(zip)['index.mjs'] ?? [])).toEqual(Buffer.from(bundle.files['index.mjs'] ?? []));
  expect(deploymentZip(bundle)).toEqual(zip);
});
