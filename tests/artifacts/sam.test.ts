import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type SamTemplate, samTemplate, takeInventory } from '@goblet/build';
import { describe, expect, test } from 'vitest';
import { root } from '../processes/commands.js';

/** What the AWS resource specification (@aws-cdk/aws-service-spec) says of a property. */
interface Property {
  readonly type: string;
  readonly required?: boolean;
  readonly values?: readonly unknown[];
  readonly element?: Property;
  readonly definition?: string;
  readonly types?: readonly Property[];
}

type Properties = Readonly<Record<string, Property>>;

/** The types of one namespace, and the definitions that they use. */
interface Specification {
  readonly types: Readonly<Record<string, { readonly properties: Properties }>>;
  readonly definitions: Readonly<Record<string, Properties>>;
}

/** The local cloud's copy of the specification has a header, and then one namespace a line. */
const [, ...lines] = gunzipSync(readFileSync(join(root, 'packages/cloud/generated/resource-spec.ndjson.gz')))
  .toString()
  .trimEnd()
  .split('\n');
const namespaces = lines.map((line): Specification => JSON.parse(line));
const specification: Specification = {
  types: Object.assign({}, ...namespaces.map(({ types }) => types)),
  definitions: Object.assign({}, ...namespaces.map(({ definitions }) => definitions)),
};

const INTRINSICS = /^(Ref|Fn::\w+)$/;

/** Everything in which a resource differs from the specification of its type. */
function differences(type: string, properties: Readonly<Record<string, unknown>>): readonly string[] {
  const known = specification.types[type];
  if (known === undefined) return [`${type} is no type of the specification`];
  return ofMembers(type, known.properties, properties);
}

function ofMembers(where: string, known: Properties, given: Readonly<Record<string, unknown>>): readonly string[] {
  const missing = Object.entries(known).filter(([name, { required }]) => required === true && !(name in given));
  return [
    ...missing.map(([name]) => `${where} has no ${name}`),
    ...Object.entries(given).flatMap(([name, value]) => {
      const property = known[name];
      return property === undefined ? [`${where} has ${name}`] : ofValue(`${where}.${name}`, property, value);
    }),
  ];
}

function ofValue(where: string, property: Property, value: unknown): readonly string[] {
  const record = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  if (record !== undefined && Object.keys(record).length === 1 && INTRINSICS.test(Object.keys(record)[0] ?? ''))
    return [];
  const { type, types, element, definition, values } = property;
  if (values !== undefined && !values.includes(value)) return [`${where} is ${JSON.stringify(value)}`];
  switch (type) {
    case 'string':
    case 'boolean':
      return typeof value === type ? [] : [`${where} is no ${type}`];
    case 'integer':
    case 'number':
      return typeof value === 'number' ? [] : [`${where} is no ${type}`];
    case 'array':
      if (!Array.isArray(value)) return [`${where} is no array`];
      return element === undefined ? [] : value.flatMap((item, n) => ofValue(`${where}[${n}]`, element, item));
    case 'map':
      if (record === undefined) return [`${where} is no map`];
      return element === undefined
        ? []
        : Object.entries(record).flatMap(([name, item]) => ofValue(`${where}.${name}`, element, item));
    case 'tag':
      return typeof record?.Key === 'string' && typeof record.Value === 'string' ? [] : [`${where} is no tag`];
    case 'json':
      return record === undefined ? [`${where} is no JSON`] : [];
    case 'object': {
      if (record === undefined) return [`${where} is no object`];
      const found = specification.definitions[definition ?? ''];
      if (found === undefined) return [`${where} is of no known definition`];
      return ofMembers(where, found, record);
    }
    case 'union': {
      const [first = [], ...others] = (types ?? []).map((one) => ofValue(where, one, value));
      return others.some((differing) => differing.length === 0) ? [] : first;
    }
    default:
      throw new Error(`the specification has the type ${type} at ${where}, which this test does not know`);
  }
}

async function makeTemplate(): Promise<SamTemplate> {
  const entry = join(root, 'examples/users-service/web-api');
  const { inventory } = await takeInventory({ entry, onOutput: () => {} });
  return samTemplate(inventory, {
    stageName: 'v1',
    stageVariables: { colour: 'blue' },
    environment: { DYNAMODB_TABLE_NAME: 'users' },
    memorySize: 256,
    timeout: 20,
    tags: { team: 'users' },
    manageIamRole: false,
    iamRoleArn: 'arn:aws:iam::123456789012:role/mine',
  });
}

const template = makeTemplate();

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

async function resource(name: string): Promise<Resource> {
  return (await template).Resources[name] as Resource;
}

describe('the SAM template of the users service agrees with the AWS resource specification', () => {
  test('in what it says of its function, whose code and tags alone are SAM’s own words', async () => {
    const { CodeUri, Tags, ...properties } = (await resource('APIHandler')).Properties;
    expect(CodeUri).toBe('./deployment.zip');
    expect(Tags).toEqual({ team: 'users' });
    const code = { S3Bucket: 'bucket', S3Key: 'key' };
    expect(differences('AWS::Lambda::Function', { ...properties, Code: code })).toEqual([]);
  });

  test('in what it says of its API and its stage', async () => {
    const { DefinitionBody, OpenApiVersion, Tags, ...stage } = (await resource('RestAPI')).Properties;
    expect(OpenApiVersion).toBe('3.0.1');
    expect(Tags).toEqual({ team: 'users' });
    expect(differences('AWS::ApiGateway::RestApi', { Body: DefinitionBody })).toEqual([]);
    expect(differences('AWS::ApiGateway::Stage', { ...stage, RestApiId: 'api' })).toEqual([]);
  });

  test('in its permission', async () => {
    const { Type, Properties } = await resource('APIHandlerInvokePermission');
    expect(differences(Type, Properties)).toEqual([]);
  });

  test('by a check that sees what is wrong', () => {
    const wrong = { Role: 1, Runtme: 'nodejs22.x', Code: { S3Bucket: 'b' }, Timeout: '10' };
    expect(differences('AWS::Lambda::Function', wrong)).toEqual([
      'AWS::Lambda::Function.Role is no string',
      'AWS::Lambda::Function has Runtme',
      'AWS::Lambda::Function.Timeout is no integer',
    ]);
  });
});

const TRANSFORM = `
import json, sys
from samtranslator.translator.transform import transform
from samtranslator.parser.parser import Parser
class Policies:
    def load(self): return {}
print(json.dumps(transform(json.load(sys.stdin), {}, Policies())))
`;
const atHand =
  process.env.GOBLET_TESTS === 'full' &&
  spawnSync('python3', ['-c', 'import samtranslator'], { stdio: 'ignore' }).status === 0;

test.skipIf(!atHand)(
  'what the official transform makes of it is nothing that the specification does not know (samtranslator; slow tier, skipped where it is not installed)',
  async () => {
    const input = JSON.stringify(await template).replace('./deployment.zip', 's3://bucket/deployment.zip');
    const { stdout, stderr, status } = spawnSync('python3', ['-c', TRANSFORM], {
      input,
      encoding: 'utf8',
      env: { ...process.env, AWS_DEFAULT_REGION: 'eu-west-1' },
    });
    expect(status, stderr).toBe(0);
    const { Resources } = JSON.parse(stdout) as { Resources: Readonly<Record<string, Resource>> };
    const resources = Object.values(Resources);
    expect(resources.map(({ Type }) => Type).sort()).toEqual([
      'AWS::ApiGateway::Deployment',
      'AWS::ApiGateway::RestApi',
      'AWS::ApiGateway::Stage',
      'AWS::Lambda::Function',
      'AWS::Lambda::Permission',
    ]);
    const stages = resources.filter(({ Type }) => Type === 'AWS::ApiGateway::Stage');
    expect(stages.map(({ Properties }) => Properties.StageName)).toEqual(['v1']);
    expect(resources.flatMap(({ Type, Properties }) => differences(Type, Properties))).toEqual([]);
  },
);
