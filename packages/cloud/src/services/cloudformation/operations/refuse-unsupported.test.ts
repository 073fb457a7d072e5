import { CloudFormationClient, CreateChangeSetCommand, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import { testCloud } from '../../../testing/index.js';
import { refusedValues } from '../properties/refused-values.js';
import { definitionSpec, resourceTypeSpec } from '../spec/resource-spec.js';

const Resources = {
  StackSet: {
    Type: 'AWS::CloudFormation::StackSet',
    Properties: {},
    Metadata: { 'aws:cdk:path': 'App/StackSet/Resource' },
  },
  Boundary: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Statement: [] },
      ManagedPolicyArns: [
        { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess' },
        { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAcess' },
      ],
    },
    Metadata: { 'aws:cdk:path': 'App/Boundary/Resource' },
  },
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: { Runtime: 'nodejs17.x', Handler: 'a.b', Role: { 'Fn::GetAtt': ['Boundary', 'Arn'] }, Code: {} },
  },
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueName: 'jobs' } },
  Unwanted: { Type: 'AWS::CloudFormation::StackSet', Condition: 'No', Properties: {} },
};

async function refusalOf(resources: object) {
  await using cloud = await testCloud();
  const client = new CloudFormationClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const asked = client.send(
    new CreateChangeSetCommand({
      StackName: 'app',
      ChangeSetName: 'first',
      ChangeSetType: 'CREATE',
      TemplateBody: JSON.stringify({ Conditions: { No: { 'Fn::Equals': ['a', 'b'] } }, Resources: resources }),
      Capabilities: ['CAPABILITY_NAMED_IAM'],
    }),
  );
  const message = await asked.then(
    () => undefined,
    (refusal: Error) => refusal.message,
  );
  const { StackSummaries = [] } = await client.send(new ListStacksCommand({}));
  return { message, stacks: StackSummaries.map(({ StackName }) => StackName).filter((name) => name !== 'CDKToolkit') };
}

test('one deployment names all that this cloud does not support, with the construct and what to do', async () => {
  const { message = '', stacks } = await refusalOf(Resources);
  expect(message.split('\n')).toEqual([
    'Template format error: Unrecognized resource types: [AWS::CloudFormation::StackSet]. AWS has them, this cloud does not. This cloud does not support these 3 things (docs/reference/local-cloud.md):',
    '- StackSet (App/StackSet/Resource): AWS::CloudFormation::StackSet: this cloud has no such resources; leave it out by a condition',
    '- Boundary (App/Boundary/Resource): ManagedPolicyArns arn:aws:iam::aws:policy/ReadOnlyAcess: AWS has no managed policy of that name; look for a misspelling',
    '- Function: Runtime nodejs17.x: Lambda has no such runtime, or it is newer than this cloud',
    'AWS refuses as well:',
    '- Queue: Encountered unsupported property QueName',
  ]);
  expect(stacks).toEqual([]);
});

test('a template without anything unsupported is not refused', async () => {
  expect((await refusalOf({ Queue: { Type: 'AWS::SQS::Queue' } })).message).toBeUndefined();
});

test('values that a deployment makes known, and values that a type takes, are left alone', () => {
  const rules = [{ path: 'Types[]', when: (value: unknown) => value !== 'A', why: 'only A is here' }];
  const scope = { account: '000000000000', region: 'eu-west-1' };
  expect(refusedValues(rules, { Types: ['A', 'B', '{{changeSet:KNOWN_AFTER_APPLY}}'] }, scope)).toEqual([
    'Types B: only A is here',
  ]);
});

describe('every value that a type refuses is of a property that AWS has', async () => {
  await using cloud = await testCloud();
  const rules = [...cloud.context.services.values()].flatMap(({ resourceTypes }) =>
    resourceTypes.flatMap(({ type, refuses = [] }) => refuses.map(({ path }) => [type, path] as const)),
  );
  test.each(rules)('%s has %s', (type, path) => {
    let specs = resourceTypeSpec(type)?.properties ?? {};
    for (const step of path.split('.')) {
      const found = specs[step.replace('[]', '')];
      expect(found, step).toBeDefined();
      const inner = found?.type === 'array' ? found.element : found;
      specs = inner?.type === 'object' ? definitionSpec(inner.definition) : {};
    }
  });
});
