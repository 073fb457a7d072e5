import { expect, test } from 'vitest';
import { rootCall } from '../../testing/fixtures/root-call.js';
import { type TestCloud, testCloud } from '../../testing/index.js';
import { testStack } from '../cloudformation/fixtures/test-stack.js';

const trust = (service: string) => ({
  Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
});
const ANY = [
  {
    PolicyName: 'any',
    PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  },
];
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const lambda = (text: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs22.x', Handler: 'index.handler', Role: arnOf('FunctionRole'), Code: { ZipFile: text } },
});

/** Functions that count, fail and tell; the definition calls them by their places in `Fn::Sub`. */
const template = (definition: object) => ({
  Resources: {
    FunctionRole: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: trust('lambda.amazonaws.com') },
    },
    MachineRole: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: trust('states.amazonaws.com'), Policies: ANY },
    },
    Second: lambda(
      'let n = 0; exports.handler = async () => { if (++n < 2) throw new TypeError("not yet"); return { n }; };',
    ),
    Never: lambda('exports.handler = async () => { throw new RangeError("never"); };'),
    Tell: lambda('exports.handler = async (event) => ({ got: event });'),
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { RoleArn: arnOf('MachineRole'), DefinitionString: { 'Fn::Sub': JSON.stringify(definition) } },
    },
  },
  Outputs: { Machine: { Value: { Ref: 'Machine' } } },
});

const task = (id: string, more: object) => ({ Type: 'Task', Resource: `\${${id}.Arn}`, ...more });

async function start(cloud: TestCloud, stateMachineArn: string | undefined) {
  const input = { stateMachineArn, input: '{"id":1}' };
  // biome-ignore lint/suspicious/noExplicitAny: the service has no model, so its answers have no types
  return (await cloud.context.dispatch('states', 'StartExecution', input, rootCall)) as any;
}

test('a state machine of functions tries again, catches what goes on failing, and hands the error on', async () => {
  await using cloud = await testCloud();
  const retry = { ErrorEquals: ['States.ALL'], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 1 };
  const { Machine } = await testStack(cloud, 'app').create(
    template({
      StartAt: 'Second',
      States: {
        Second: task('Second', { Retry: [retry], Next: 'Never' }),
        Never: task('Never', { Catch: [{ ErrorEquals: ['RangeError'], Next: 'Tell' }], End: true }),
        Tell: task('Tell', { End: true }),
      },
    }),
  );
  const { executionArn } = await start(cloud, Machine);
  const describe = () => cloud.context.dispatch('states', 'DescribeExecution', { executionArn }, rootCall);
  await expect.poll(describe, { timeout: 20_000 }).toMatchObject({ status: 'SUCCEEDED' });
  const { got } = JSON.parse((await describe()).output);
  expect([got.Error, JSON.parse(got.Cause).errorMessage]).toEqual(['RangeError', 'never']);
});

test('a machine that does anything else is recorded, which the deployment and a call of it say', async () => {
  await using cloud = await testCloud();
  const { Machine } = await testStack(cloud, 'app').create(
    template({ StartAt: 'Pass', States: { Pass: { Type: 'Pass', End: true } } }),
  );
  await expect(start(cloud, Machine)).rejects.toThrow('it records the others');
  const reasons = cloud.events.map((event) => (event.kind === 'stack' ? event.reason : undefined));
  expect(reasons).toContainEqual(expect.stringContaining('Only recorded here, nothing of it runs: AWS::StepFunctions'));
});
