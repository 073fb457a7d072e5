import {
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, test } from 'vitest';
import { type StackCloud, stackCloud } from './fixtures/stack-cloud.js';

const topic = (Properties: object) => ({ Type: 'AWS::SNS::Topic', Properties });
const bodyOf = (Resources: object, more: object = {}) => JSON.stringify({ Resources, ...more });

/** Creates a change set and says what it would change, with values and without. */
async function plan(cloud: StackCloud, TemplateBody: string, Parameters: Record<string, string> = {}) {
  const { Id } = await cloud.client.send(
    new CreateChangeSetCommand({
      StackName: 'app',
      ChangeSetName: 'plan',
      TemplateBody,
      Parameters: Object.entries(Parameters).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      })),
    }),
  );
  const describe = async (IncludePropertyValues: boolean) => {
    const { Changes = [] } = await cloud.client.send(
      new DescribeChangeSetCommand({ ChangeSetName: Id, IncludePropertyValues }),
    );
    return Object.fromEntries(
      Changes.map(({ ResourceChange: change }) => [
        change?.LogicalResourceId,
        change?.Details?.map((one) => [one.Target?.Name, one.Evaluation, one.ChangeSource, one.CausingEntity]),
      ]),
    );
  };
  return { withValues: await describe(true), without: await describe(false) };
}

test('the name of an executed change set is free again, and both are told apart by their ARNs', async () => {
  await using cloud = await stackCloud();
  const ids: (string | undefined)[] = [];
  for (const [ChangeSetType, DisplayName] of [
    ['CREATE', 'one'],
    ['UPDATE', 'two'],
  ] as const) {
    const { Id } = await cloud.client.send(
      new CreateChangeSetCommand({
        StackName: 'app',
        ChangeSetName: 'deploy',
        ChangeSetType,
        TemplateBody: bodyOf({ A: topic({ DisplayName }) }),
      }),
    );
    await cloud.client.send(new ExecuteChangeSetCommand({ ChangeSetName: Id }));
    ids.push(Id);
  }
  expect(new Set(ids).size).toBe(2);
  const last = await cloud.client.send(new DescribeChangeSetCommand({ ChangeSetName: ids[1] }));
  expect(last.ExecutionStatus).toBe('EXECUTE_COMPLETE');
  expect(await cloud.stack('app')).toMatchObject({ StackStatus: 'UPDATE_COMPLETE', ChangeSetId: ids[1] });
});

test('a pending change set keeps its name', async () => {
  await using cloud = await stackCloud();
  const command = new CreateChangeSetCommand({
    StackName: 'app',
    ChangeSetName: 'deploy',
    ChangeSetType: 'CREATE',
    TemplateBody: bodyOf({ A: topic({}) }),
  });
  await cloud.client.send(command);
  await expect(cloud.client.send(command)).rejects.toMatchObject({ name: 'AlreadyExistsException' });
});

test('a change set of a stack that was deleted is still described', async () => {
  await using cloud = await stackCloud();
  await cloud.deploy('app', { Resources: { A: topic({}) } });
  const { ChangeSetId } = await cloud.stack('app');
  await cloud.client.send(new DeleteStackCommand({ StackName: 'app' }));
  const described = await cloud.client.send(new DescribeChangeSetCommand({ ChangeSetName: ChangeSetId }));
  expect(described).toMatchObject({ ChangeSetId, ExecutionStatus: 'EXECUTE_COMPLETE' });
});

test('a change set is made for a stack by its ARN', async () => {
  await using cloud = await stackCloud();
  const TemplateBody = bodyOf({ A: topic({}) });
  const input = { ChangeSetName: 'one', ChangeSetType: 'CREATE', TemplateBody } as const;
  const { StackId } = await cloud.client.send(new CreateChangeSetCommand({ ...input, StackName: 'app' }));
  await cloud.client.send(new CreateChangeSetCommand({ ...input, StackName: StackId, ChangeSetName: 'two' }));
  await cloud.client.send(new ExecuteChangeSetCommand({ StackName: StackId, ChangeSetName: 'two' }));
  expect((await cloud.stack('app')).StackId).toBe(StackId);
});

test('CreateStack makes a stack that was only proposed, under its ARN', async () => {
  await using cloud = await stackCloud();
  const TemplateBody = bodyOf({ A: topic({}) });
  const proposed = await cloud.client.send(
    new CreateChangeSetCommand({ StackName: 'app', ChangeSetName: 'one', ChangeSetType: 'CREATE', TemplateBody }),
  );
  const { StackId } = await cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody }));
  expect(StackId).toBe(proposed.StackId);
  expect((await cloud.stack('app')).StackStatus).toBe('CREATE_COMPLETE');
});

test('change sets name a stack that is not there otherwise than stacks do', async () => {
  await using cloud = await stackCloud();
  const missing = cloud.client.send(new DescribeChangeSetCommand({ StackName: 'nostack', ChangeSetName: 'one' }));
  await expect(missing).rejects.toMatchObject({ name: 'ValidationError', message: 'Stack [nostack] does not exist' });
  await expect(cloud.client.send(new DescribeStacksCommand({ StackName: 'nostack' }))).rejects.toMatchObject({
    message: 'Stack with id nostack does not exist',
  });
});

test('empty members are left out of a stack, and of a change set, as AWS leaves them out of each', async () => {
  await using cloud = await stackCloud();
  await cloud.deploy('app', { Resources: { A: topic({}) } }, { Capabilities: [] });
  const stack = await cloud.stack('app');
  expect(stack).toMatchObject({ Tags: [], NotificationARNs: [], LastUpdatedTime: expect.any(Date) });
  for (const member of ['Outputs', 'Parameters', 'Capabilities']) expect(stack).not.toHaveProperty(member);
  const changeSet = await cloud.client.send(new DescribeChangeSetCommand({ ChangeSetName: stack.ChangeSetId }));
  expect(changeSet).toMatchObject({ Capabilities: [], NotificationARNs: [] });
  for (const member of ['Tags', 'Parameters']) expect(changeSet).not.toHaveProperty(member);
  await cloud.client.send(new DeleteStackCommand({ StackName: 'app' }));
  const gone = await cloud.stack(stack.StackId ?? '');
  expect(gone).toMatchObject({ StackStatus: 'DELETE_COMPLETE', DeletionTime: expect.any(Date) });
  for (const member of ['ChangeSetId', 'EnableTerminationProtection']) expect(gone).not.toHaveProperty(member);
});

test('a value that the template itself changes is a direct modification', async () => {
  await using cloud = await stackCloud();
  await cloud.deploy('app', { Resources: { A: topic({ DisplayName: 'one' }) } });
  const direct = [['DisplayName', 'Static', 'DirectModification', undefined]];
  const { withValues, without } = await plan(cloud, bodyOf({ A: topic({ DisplayName: 'two' }) }));
  expect([withValues, without]).toEqual([{ A: direct }, { A: direct }]);
});

test('a change names the parameter that causes it', async () => {
  await using cloud = await stackCloud();
  const Parameters = { Name: { Type: 'String', Default: 'one' } };
  const template = { Parameters, Resources: { A: topic({ DisplayName: { 'Fn::Sub': 'topic ${Name}' } }) } };
  await cloud.deploy('app', template);
  const caused = [
    ['DisplayName', 'Static', 'ParameterReference', 'Name'],
    ['DisplayName', 'Dynamic', 'DirectModification', undefined],
  ];
  const { withValues, without } = await plan(cloud, JSON.stringify(template), { Name: 'two' });
  expect([withValues, without]).toEqual([{ A: caused }, { A: caused }]);
});

test('a change names the replaced resource that causes it', async () => {
  await using cloud = await stackCloud();
  const resources = (TopicName: string) => ({ A: topic({ TopicName }), B: topic({ DisplayName: { Ref: 'A' } }) });
  await cloud.deploy('app', { Resources: resources('one') });
  const { withValues, without } = await plan(cloud, bodyOf(resources('two')));
  expect(withValues.B).toEqual([
    ['DisplayName', 'Dynamic', 'DirectModification', undefined],
    ['DisplayName', 'Static', 'ResourceReference', 'A'],
  ]);
  expect(without.B).toEqual([['DisplayName', 'Static', 'ResourceReference', 'A']]);
});

test('attributes of a resource that is changed in place may change; they are shown where values are not', async () => {
  await using cloud = await stackCloud();
  const resources = (DisplayName: string) => ({
    A: topic({ DisplayName }),
    B: topic({ DisplayName: { 'Fn::GetAtt': ['A', 'TopicName'] } }),
    C: topic({ DisplayName: { Ref: 'A' } }),
  });
  await cloud.deploy('app', { Resources: resources('one') });
  const { withValues, without } = await plan(cloud, bodyOf(resources('two')));
  const direct = [['DisplayName', 'Static', 'DirectModification', undefined]];
  expect(withValues).toEqual({ A: direct });
  expect(without).toEqual({ A: direct, B: [['DisplayName', 'Dynamic', 'ResourceAttribute', 'A.TopicName']] });
});

test('a property of a resource is an attribute too', async () => {
  await using cloud = await stackCloud();
  await cloud.deploy('app', {
    Resources: {
      A: topic({ DisplayName: 'shown' }),
      B: topic({ DisplayName: { 'Fn::GetAtt': ['A', 'DisplayName'] } }),
    },
    Outputs: { Name: { Value: { 'Fn::GetAtt': ['B', 'DisplayName'] } } },
  });
  expect(await cloud.outputs('app')).toEqual({ Name: 'shown' });
});

test('a parameter may say that a property has no value', async () => {
  await using cloud = await stackCloud();
  await cloud.deploy('app', {
    Parameters: { Name: { Type: 'String', Default: 'AWS::NoValue' } },
    Resources: { A: topic({ TopicName: { Ref: 'Name' }, DisplayName: 'one' }) },
  });
  const [[name = '', properties] = []] = [...cloud.shop.things];
  expect(name).toMatch(/^app-A-[A-Z0-9]{12}$/);
  expect(properties).toEqual({ DisplayName: 'one' });
});

test('a stack whose creation was rolled back has the time of that as its deletion', async () => {
  await using cloud = await stackCloud();
  cloud.shop.hook = ({ what }) => {
    if (what === 'create') throw new Error('no');
  };
  await cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: bodyOf({ A: topic({}) }) }));
  expect(await cloud.stack('app')).toMatchObject({
    StackStatus: 'ROLLBACK_COMPLETE',
    DeletionTime: expect.any(Date),
    EnableTerminationProtection: false,
  });
});

test.each<[what: string, template: object, message: string]>([
  [
    'Fn::Select of a value that is not a list',
    { Resources: { A: topic({ DisplayName: { 'Fn::Select': [0, 'text'] } }) } },
    'Template error: Fn::Select requires a list argument with two elements: an integer index and a list',
  ],
  [
    'Fn::FindInMap of a key that is not there',
    {
      Mappings: { M: { a: { b: 'c' } } },
      Resources: { A: topic({ DisplayName: { 'Fn::FindInMap': ['M', 'x', 'b'] } }) },
    },
    'Template error: Unable to get mapping for M::x::b',
  ],
  [
    'Fn::FindInMap of a mapping that is not there, in an output',
    { Resources: { A: topic({}) }, Outputs: { O: { Value: { 'Fn::FindInMap': ['M', 'a', 'b'] } } } },
    "Template error: Mapping named 'M' is not present in the 'Mappings' section of template.",
  ],
  [
    'a mapping that is too deep',
    { Mappings: { M: { a: { b: { c: 'd' } } } }, Resources: { A: topic({}) } },
    'Template format error: Every Mappings attribute must be a String or a List.',
  ],
  [
    'a mapping that is too flat',
    { Mappings: { M: { a: 'b' } }, Resources: { A: topic({}) } },
    'Template format error: Every Mappings member a must be a map',
  ],
  [
    'a parameter with the name of a pseudo parameter',
    { Parameters: { 'AWS::NoValue': { Type: 'String' } }, Resources: { A: topic({}) } },
    'Template format error: Parameter name AWS::NoValue is non alphanumeric.',
  ],
])('CreateChangeSet refuses %s at once', async (_what, template, message) => {
  await using cloud = await stackCloud();
  const command = new CreateChangeSetCommand({
    StackName: 'app',
    ChangeSetName: 'plan',
    ChangeSetType: 'CREATE',
    TemplateBody: JSON.stringify(template),
  });
  await expect(cloud.client.send(command)).rejects.toMatchObject({ name: 'ValidationError', message });
});

test('values of NoEcho parameters are stars in events and change sets', async () => {
  await using cloud = await stackCloud();
  const template = (secret: string) => ({
    Parameters: { Secret: { Type: 'String', NoEcho: true, Default: secret } },
    Resources: { A: topic({ DisplayName: { 'Fn::Sub': 'a ${Secret}' }, TopicName: 'one' }) },
  });
  await cloud.deploy('app', template('hidden-one'));
  expect(cloud.shop.things.get('one')).toEqual({ DisplayName: 'a hidden-one', TopicName: 'one' });
  const { StackEvents = [] } = await cloud.client.send(new DescribeStackEventsCommand({ StackName: 'app' }));
  expect(StackEvents.map(({ ResourceProperties }) => ResourceProperties)).toContain(
    '{"DisplayName":"a ****","TopicName":"one"}',
  );
  const { Id } = await cloud.client.send(
    new CreateChangeSetCommand({
      StackName: 'app',
      ChangeSetName: 'plan',
      TemplateBody: JSON.stringify(template('hidden-two')),
      Parameters: [{ ParameterKey: 'Secret', ParameterValue: 'hidden-two' }],
    }),
  );
  const described = await cloud.client.send(
    new DescribeChangeSetCommand({ ChangeSetName: Id, IncludePropertyValues: true }),
  );
  expect(described.Changes?.[0]?.ResourceChange?.Details?.[0]?.Target).toMatchObject({
    BeforeValue: 'a ****',
    AfterValue: 'a ****',
  });
  expect(JSON.stringify([StackEvents, described])).not.toContain('hidden');
});

test('events have ids as on AWS, and none has an empty reason', async () => {
  await using cloud = await stackCloud();
  await cloud.deploy('app', { Resources: { A: topic({}) } });
  const { StackEvents = [] } = await cloud.client.send(new DescribeStackEventsCommand({ StackName: 'app' }));
  const [last, made] = StackEvents;
  expect(last?.EventId).toMatch(/^[0-9a-f-]{36}$/);
  expect(made?.EventId).toBe(`A-CREATE_COMPLETE-${made?.Timestamp?.toISOString()}`);
  expect(StackEvents.filter(({ ResourceStatusReason }) => ResourceStatusReason === '')).toEqual([]);
});
