import {
  ContinueUpdateRollbackCommand,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  ListExportsCommand,
  ListStacksCommand,
  RollbackStackCommand,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import { AwsError } from '../../core/aws-error.js';
import { stackCloud } from './fixtures/stack-cloud.js';

const queue = (properties: object = {}, more: object = {}): object => ({
  Type: 'AWS::SQS::Queue',
  Properties: properties,
  ...more,
});
const topic = (properties: object = {}, more: object = {}): object => ({
  Type: 'AWS::SNS::Topic',
  Properties: properties,
  ...more,
});
const resources = (all: object, more: object = {}): object => ({ Resources: all, ...more });
const refuse = (what: string): ((work: { what: string; logicalId: string }) => void) => {
  return (work) => {
    if (`${work.what} ${work.logicalId}` === what) throw new AwsError('InvalidParameter', 'not like this');
  };
};

describe('creating a stack', () => {
  test('makes resources in the order of their dependencies and gives their values on', async () => {
    await using cloud = await stackCloud();
    await cloud.deploy(
      'app',
      resources(
        {
          C: topic({ DisplayName: { 'Fn::Sub': '${B.Arn} in ${AWS::Region}' } }),
          B: queue({ RedrivePolicy: { target: { 'Fn::GetAtt': ['A', 'Arn'] } } }),
          A: queue(),
        },
        { Outputs: { Name: { Value: { Ref: 'A' }, Description: 'the queue' } } },
      ),
    );
    expect(cloud.shop.log()).toEqual(['create A', 'create B', 'create C']);
    const made = await cloud.resources('app');
    expect(made.A?.[0]).toMatch(/^app-A-[A-Z2-7]{12}$/);
    expect(cloud.shop.work[2]?.properties).toEqual({ DisplayName: `arn:fake:${made.B?.[0]} in eu-west-1` });
    expect((await cloud.stack('app')).StackStatus).toBe('CREATE_COMPLETE');
    expect(await cloud.outputs('app')).toEqual({ Name: made.A?.[0] });
  });

  test('is done before ExecuteChangeSet answers, with strictly increasing times of events, newest first', async () => {
    await using cloud = await stackCloud();
    await cloud.deploy('app', resources({ A: queue(), B: queue({}, { DependsOn: 'A' }) }));
    const { StackEvents = [] } = await cloud.client.send(new DescribeStackEventsCommand({ StackName: 'app' }));
    const times = StackEvents.map((event) => event.Timestamp?.getTime() ?? 0);
    expect(times).toEqual([...new Set(times)].sort((a, b) => b - a));
    expect(StackEvents[0]).toMatchObject({ LogicalResourceId: 'app', ResourceStatus: 'CREATE_COMPLETE' });
    expect(new Set(StackEvents.map((event) => event.EventId)).size).toBe(StackEvents.length);
    expect(await cloud.statuses('app')).toEqual([
      'app REVIEW_IN_PROGRESS',
      'app CREATE_IN_PROGRESS',
      'A CREATE_IN_PROGRESS',
      'A CREATE_IN_PROGRESS',
      'A CREATE_COMPLETE',
      'B CREATE_IN_PROGRESS',
      'B CREATE_IN_PROGRESS',
      'B CREATE_COMPLETE',
      'app CREATE_COMPLETE',
    ]);
  });

  test('makes resources that need nothing of each other at the same time', async () => {
    await using cloud = await stackCloud();
    const started = new Set<string>();
    let both = (): void => {};
    const met = new Promise<void>((resolve) => {
      both = resolve;
    });
    cloud.shop.hook = async ({ logicalId }) => {
      started.add(logicalId);
      if (started.size === 2) both();
      await met;
    };
    await cloud.deploy('app', resources({ A: queue(), B: queue() }));
    expect((await cloud.stack('app')).StackStatus).toBe('CREATE_COMPLETE');
  });

  test('answers after a second where the work takes longer, and goes on', async () => {
    await using cloud = await stackCloud();
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    cloud.shop.hook = () => held;
    await cloud.deploy('app', resources({ A: queue() }));
    expect((await cloud.stack('app')).StackStatus).toBe('CREATE_IN_PROGRESS');
    release();
    await expect.poll(async () => (await cloud.stack('app')).StackStatus).toBe('CREATE_COMPLETE');
  });

  test('that fails rolls back: everything made goes, in reverse, and the reason stays readable', async () => {
    await using cloud = await stackCloud();
    cloud.shop.hook = refuse('create C');
    await cloud.deploy(
      'app',
      resources({ A: queue(), B: queue({}, { DependsOn: 'A' }), C: queue({}, { DependsOn: 'B' }) }),
    );
    expect(cloud.shop.log()).toEqual(['create A', 'create B', 'create C', 'delete C', 'delete B', 'delete A']);
    expect(cloud.shop.things.size).toBe(0);
    const stack = await cloud.stack('app');
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    const { StackEvents = [] } = await cloud.client.send(new DescribeStackEventsCommand({ StackName: 'app' }));
    expect(StackEvents.find((event) => event.ResourceStatus === 'CREATE_FAILED')?.ResourceStatusReason).toMatch(
      /^Resource handler returned message: "not like this" \(RequestToken: [0-9a-f-]{36}, HandlerErrorCode: InvalidRequest\)$/,
    );
    expect(StackEvents.find((event) => event.ResourceStatus === 'ROLLBACK_IN_PROGRESS')?.ResourceStatusReason).toBe(
      'The following resource(s) failed to create: [C]. Rollback requested by user.',
    );
  });

  test('retains on rollback what says Retain, not what says RetainExceptOnCreate', async () => {
    await using cloud = await stackCloud();
    cloud.shop.hook = refuse('create C');
    await cloud.deploy(
      'app',
      resources({
        A: queue({}, { DeletionPolicy: 'Retain' }),
        B: queue({}, { DeletionPolicy: 'RetainExceptOnCreate' }),
        C: queue({}, { DependsOn: ['A', 'B'] }),
      }),
    );
    expect([...cloud.shop.things.keys()].map((id) => id.split('-')[1])).toEqual(['A']);
    expect(await cloud.statuses('app')).toContain('A DELETE_SKIPPED');
  });

  test('without rollback stays as far as it came, and a corrected template finishes it', async () => {
    await using cloud = await stackCloud();
    cloud.shop.hook = refuse('create B');
    const template = resources({ A: queue(), B: queue({}, { DependsOn: 'A' }) });
    await cloud.client.send(
      new CreateStackCommand({ StackName: 'app', TemplateBody: JSON.stringify(template), DisableRollback: true }),
    );
    expect((await cloud.stack('app')).StackStatus).toBe('CREATE_FAILED');
    cloud.shop.hook = () => {};
    await cloud.client.send(new UpdateStackCommand({ StackName: 'app', TemplateBody: JSON.stringify(template) }));
    expect((await cloud.stack('app')).StackStatus).toBe('UPDATE_COMPLETE');
    expect(cloud.shop.things.size).toBe(2);
  });

  test('deletes on rollback even what says Retain, where RetainExceptOnCreate is asked for', async () => {
    await using cloud = await stackCloud();
    cloud.shop.hook = refuse('create B');
    const template = resources({ A: queue({}, { DeletionPolicy: 'Retain' }), B: queue({}, { DependsOn: 'A' }) });
    await cloud.client.send(
      new CreateStackCommand({ StackName: 'app', TemplateBody: JSON.stringify(template), RetainExceptOnCreate: true }),
    );
    expect(cloud.shop.things.size).toBe(0);
  });

  test('refuses by name what it would have to ignore', async () => {
    await using cloud = await stackCloud();
    const TemplateBody = JSON.stringify(resources({ A: queue() }));
    await expect(
      cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody, TimeoutInMinutes: 5 })),
    ).rejects.toThrow('TimeoutInMinutes is not supported by this cloud');
  });

  test('refuses unknown properties when it comes to the resource', async () => {
    await using cloud = await stackCloud();
    await cloud.deploy('app', resources({ A: queue({ Foo: 1 }) }));
    const { StackEvents = [] } = await cloud.client.send(new DescribeStackEventsCommand({ StackName: 'app' }));
    expect(StackEvents.find((event) => event.ResourceStatus === 'CREATE_FAILED')?.ResourceStatusReason).toBe(
      'Encountered unsupported property Foo',
    );
    expect(cloud.shop.work).toEqual([]);
  });

  test('refuses unknown types before anything is made', async () => {
    await using cloud = await stackCloud();
    await expect(cloud.deploy('app', resources({ A: { Type: 'AWS::Foo::Bar' } }))).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Template format error: Unrecognized resource types: [AWS::Foo::Bar]',
    });
    await expect(cloud.stack('app')).rejects.toThrow('Stack with id app does not exist');
  });

  test('of a name that is taken is refused', async () => {
    await using cloud = await stackCloud();
    const TemplateBody = JSON.stringify(resources({ A: queue() }));
    await cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody }));
    await expect(cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody }))).rejects.toMatchObject({
      name: 'AlreadyExistsException',
      message: 'Stack [app] already exists',
    });
  });

  test('leaves a resource alone that another owner has under the same name', async () => {
    await using cloud = await stackCloud();
    cloud.shop.things.set('mine', {});
    cloud.shop.hook = ({ id }) => {
      if (cloud.shop.things.has(id)) throw new AwsError('QueueAlreadyExists', `${id} exists`);
    };
    await cloud.deploy('app', resources({ A: queue({ QueueName: 'mine' }) }));
    expect((await cloud.stack('app')).StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(cloud.shop.things.has('mine')).toBe(true);
  });
});

describe('changing a stack', () => {
  const two = (a: object, b: object = {}): object =>
    resources({ A: queue(a), B: topic({ DisplayName: { Ref: 'A' }, ...b }) });

  test('updates in place what the specification allows, and nothing else', async () => {
    await using cloud = await stackCloud();
    await cloud.deploy('app', two({ DelaySeconds: 1 }));
    const before = await cloud.resources('app');
    await cloud.deploy('app', two({ DelaySeconds: 2 }));
    expect(cloud.shop.log()).toEqual(['create A', 'create B', 'update A']);
    expect((await cloud.resources('app')).A?.[0]).toBe(before.A?.[0]);
    expect((await cloud.stack('app')).StackStatus).toBe('UPDATE_COMPLETE');
  });

  test('replaces where the specification says so: the new one first, then all that names it, then the old one goes', async () => {
    await using cloud = await stackCloud();
    await cloud.deploy('app', two({ FifoQueue: 'false' }));
    await cloud.deploy('app', two({ FifoQueue: true }));
    expect(cloud.shop.log()).toEqual(['create A', 'create B', 'create A', 'update B', 'delete A']);
    expect(cloud.shop.work[4]?.id).toBe(cloud.shop.work[0]?.id);
    expect(cloud.shop.things.size).toBe(2);
    expect(await cloud.statuses('app')).toContain('app UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  });

  test('keeps a replaced resource whose UpdateReplacePolicy is Retain', async () => {
    await using cloud = await stackCloud();
    const template = (fifo: boolean): object =>
      resources({ A: queue({ FifoQueue: fifo }, { UpdateReplacePolicy: 'Retain' }) });
    await cloud.deploy('app', template(false));
    await cloud.deploy('app', template(true));
    expect(cloud.shop.things.size).toBe(2);
    expect(cloud.shop.log()).toEqual(['create A', 'create A']);
  });

  test('refuses to replace a resource that the template names', async () => {
    await using cloud = await stackCloud();
    await cloud.deploy('app', resources({ A: topic({ TopicName: 'n', FifoTopic: false }) }));
    await cloud.deploy('app', resources({ A: topic({ TopicName: 'n', FifoTopic: true }) }));
    expect((await cloud.stack('app')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    const { StackEvents = [] } = await cloud.client.send(new DescribeStackEventsCommand({ StackName: 'app' }));
    expect(StackEvents.find((event) => event.ResourceStatus === 'UPDATE_FAILED')?.ResourceStatusReason).toBe(
      'CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename n and update the stack again.',
    );
    expect(cloud.shop.log()).toEqual(['create A']);
  });

  test('deletes what the template no longer has, dependents first, but what it retains', async () => {
    await using cloud = await stackCloud();
    await cloud.deploy(
      'app',
      resources({
        Keep: queue(),
        A: queue(),
        B: topic({ DisplayName: { Ref: 'A' } }),
        R: queue({}, { DeletionPolicy: 'Retain' }),
      }),
    );
    await cloud.deploy('app', resources({ Keep: queue() }));
    expect(cloud.shop.log().slice(4)).toEqual(['delete B', 'delete A']);
    expect(Object.keys(await cloud.resources('app'))).toEqual(['Keep']);
    expect(cloud.shop.things.size).toBe(2);
  });

  test('that fails goes back to exactly what was', async () => {
    await using cloud = await stackCloud();
    await cloud.deploy('app', {
      ...resources({ A: queue({ DelaySeconds: 1 }), F: queue({ FifoQueue: false }), Gone: queue() }),
      Outputs: { O: { Value: 'old' } },
    });
    const before = {
      things: new Map(cloud.shop.things),
      resources: await cloud.resources('app'),
      template: await body(),
    };
    cloud.shop.hook = refuse('create Z');
    await cloud.deploy('app', {
      ...resources({
        A: queue({ DelaySeconds: 2 }),
        F: queue({ FifoQueue: true }),
        New: queue({}, { DependsOn: ['A', 'F'] }),
        Z: queue({}, { DependsOn: 'New' }),
      }),
      Outputs: { O: { Value: 'new' } },
    });
    const stack = await cloud.stack('app');
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(cloud.shop.things).toEqual(before.things);
    const ids = (all: Awaited<ReturnType<typeof cloud.resources>>) =>
      Object.entries(all).map(([id, [physical]]) => [id, physical]);
    expect(ids(await cloud.resources('app'))).toEqual(ids(before.resources));
    expect(await cloud.outputs('app')).toEqual({ O: 'old' });
    expect(await body()).toBe(before.template);

    async function body(): Promise<string | undefined> {
      return (await cloud.client.send(new GetTemplateCommand({ StackName: 'app' }))).TemplateBody;
    }
  });

  test('whose rollback fails says so, and can be continued', async () => {
    await using cloud = await stackCloud();
    await cloud.deploy(
      'app',
      resources({ A: queue({ DelaySeconds: 1 }), B: queue({ DelaySeconds: 1 }, { DependsOn: 'A' }) }),
    );
    let updates = 0;
    cloud.shop.hook = ({ what, logicalId }) => {
      if (what === 'update' && (logicalId === 'B' || ++updates > 1)) throw new AwsError('InvalidParameter', 'no');
    };
    await cloud.deploy(
      'app',
      resources({ A: queue({ DelaySeconds: 2 }), B: queue({ DelaySeconds: 2 }, { DependsOn: 'A' }) }),
    );
    expect(await cloud.stack('app')).toMatchObject({
      StackStatus: 'UPDATE_ROLLBACK_FAILED',
      StackStatusReason: 'The following resource(s) failed to update: [A]. ',
    });
    cloud.shop.hook = () => {};
    await cloud.client.send(new ContinueUpdateRollbackCommand({ StackName: 'app' }));
    expect((await cloud.stack('app')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect([...cloud.shop.things.values()]).toEqual([{ DelaySeconds: 1 }, { DelaySeconds: 1 }]);
  });

  test('that failed and was left so is tried again by the same template, or undone by RollbackStack', async () => {
    await using cloud = await stackCloud();
    const template = (delay: number) => resources({ A: queue({ DelaySeconds: delay }) });
    const update = async (delay: number): Promise<void> => {
      const TemplateBody = JSON.stringify(template(delay));
      await cloud.client.send(new UpdateStackCommand({ StackName: 'app', TemplateBody, DisableRollback: true }));
    };
    await cloud.deploy('app', template(1));
    cloud.shop.hook = refuse('update A');
    await update(2);
    expect((await cloud.stack('app')).StackStatus).toBe('UPDATE_FAILED');
    cloud.shop.hook = () => {};
    await update(2);
    expect((await cloud.stack('app')).StackStatus).toBe('UPDATE_COMPLETE');
    expect([...cloud.shop.things.values()]).toEqual([{ DelaySeconds: 2 }]);

    cloud.shop.hook = ({ what, properties }) => {
      if (what === 'update' && properties.DelaySeconds === 3) throw new AwsError('InvalidParameter', 'not three');
    };
    await update(3);
    await cloud.client.send(new RollbackStackCommand({ StackName: 'app' }));
    expect((await cloud.stack('app')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect([...cloud.shop.things.values()]).toEqual([{ DelaySeconds: 2 }]);
  });

  test('to what it is makes a failed change set, and UpdateStack an error', async () => {
    await using cloud = await stackCloud();
    const template = resources({ A: queue({ DelaySeconds: 1 }) });
    await cloud.deploy('app', template);
    await expect(cloud.deploy('app', resources({ A: queue({ DelaySeconds: '1' }) }))).rejects.toThrow(
      "The submitted information didn't contain changes. Submit different information to create a change set.",
    );
    await expect(
      cloud.client.send(new UpdateStackCommand({ StackName: 'app', TemplateBody: JSON.stringify(template) })),
    ).rejects.toMatchObject({ name: 'ValidationError', message: 'No updates are to be performed.' });
  });

  test('of an output alone is a change', async () => {
    await using cloud = await stackCloud();
    await cloud.deploy('app', resources({ A: queue() }));
    await cloud.deploy('app', { ...resources({ A: queue() }), Outputs: { O: { Value: { Ref: 'A' } } } });
    expect(Object.keys(await cloud.outputs('app'))).toEqual(['O']);
    expect(cloud.shop.log()).toEqual(['create A']);
  });

  test('of the tags updates every resource that takes tags', async () => {
    await using cloud = await stackCloud();
    await cloud.deploy('app', resources({ A: queue() }), { Tags: [{ Key: 'a', Value: '1' }] });
    await cloud.deploy('app', resources({ A: queue() }), { Tags: [{ Key: 'a', Value: '2' }] });
    expect(cloud.shop.log()).toEqual(['create A', 'update A']);
    expect((await cloud.stack('app')).Tags).toEqual([{ Key: 'a', Value: '2' }]);
  });

  test('is told by its change set: action, replacement, path, values before and after', async () => {
    await using cloud = await stackCloud();
    await cloud.deploy('app', two({ DelaySeconds: 1, FifoQueue: false }));
    await cloud.client.send(
      new CreateChangeSetCommand({
        StackName: 'app',
        ChangeSetName: 'look',
        TemplateBody: JSON.stringify(
          resources({
            A: queue({ DelaySeconds: 2, FifoQueue: true }),
            B: topic({ DisplayName: { Ref: 'A' } }),
            N: queue(),
          }),
        ),
      }),
    );
    const { Changes = [] } = await cloud.client.send(
      new DescribeChangeSetCommand({ StackName: 'app', ChangeSetName: 'look', IncludePropertyValues: true }),
    );
    expect(Changes.map(({ ResourceChange: one }) => [one?.Action, one?.LogicalResourceId, one?.Replacement])).toEqual([
      ['Modify', 'A', 'True'],
      ['Modify', 'B', 'False'],
      ['Add', 'N', undefined],
    ]);
    expect(Changes[0]?.ResourceChange?.Details?.[0]?.Target).toMatchObject({
      Attribute: 'Properties',
      Name: 'DelaySeconds',
      Path: '/Properties/DelaySeconds',
      BeforeValue: '1',
      AfterValue: '2',
      RequiresRecreation: 'Never',
    });
    expect(Changes[1]?.ResourceChange?.Details?.[0]?.Target?.AfterValue).toBe('{{changeSet:KNOWN_AFTER_APPLY}}');
    expect(cloud.shop.log()).toEqual(['create A', 'create B']);
  });
});

describe('deleting a stack', () => {
  test('deletes its resources, dependents first, and stays readable by its ARN', async () => {
    await using cloud = await stackCloud();
    await cloud.deploy('app', resources({ A: queue(), B: topic({ DisplayName: { Ref: 'A' } }) }));
    const { StackId = '' } = await cloud.stack('app');
    await cloud.client.send(new DeleteStackCommand({ StackName: StackId }));
    expect(cloud.shop.log().slice(2)).toEqual(['delete B', 'delete A']);
    await expect(cloud.stack('app')).rejects.toMatchObject({ message: 'Stack with id app does not exist' });
    expect((await cloud.stack(StackId)).StackStatus).toBe('DELETE_COMPLETE');
    expect((await cloud.statuses(StackId)).at(-1)).toBe('app DELETE_COMPLETE');
    const { Stacks } = await cloud.client.send(new DescribeStacksCommand({}));
    expect(Stacks).toEqual([]);
    const { StackSummaries } = await cloud.client.send(
      new ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE'] }),
    );
    expect(StackSummaries?.map((one) => one.StackId)).toEqual([StackId]);
  });

  test('frees its name', async () => {
    await using cloud = await stackCloud();
    await cloud.deploy('app', resources({ A: queue() }));
    await cloud.client.send(new DeleteStackCommand({ StackName: 'app' }));
    await cloud.deploy('app', resources({ A: queue() }));
    expect((await cloud.stack('app')).StackStatus).toBe('CREATE_COMPLETE');
  });

  test('that fails keeps what is left, and the next attempt finishes it', async () => {
    await using cloud = await stackCloud();
    await cloud.deploy('app', resources({ A: queue(), B: topic({ DisplayName: { Ref: 'A' } }) }));
    cloud.shop.hook = refuse('delete A');
    await cloud.client.send(new DeleteStackCommand({ StackName: 'app' }));
    expect(await cloud.stack('app')).toMatchObject({
      StackStatus: 'DELETE_FAILED',
      StackStatusReason: 'The following resource(s) failed to delete: [A]. ',
    });
    cloud.shop.hook = () => {};
    await cloud.client.send(new DeleteStackCommand({ StackName: 'app' }));
    await expect(cloud.stack('app')).rejects.toThrow('does not exist');
    expect(cloud.shop.things.size).toBe(0);
  });

  test('is refused under termination protection', async () => {
    await using cloud = await stackCloud();
    await cloud.deploy('app', resources({ A: queue() }));
    await cloud.client.send(
      new UpdateTerminationProtectionCommand({ StackName: 'app', EnableTerminationProtection: true }),
    );
    await expect(cloud.client.send(new DeleteStackCommand({ StackName: 'app' }))).rejects.toThrow(
      'Stack [app] cannot be deleted while TerminationProtection is enabled',
    );
  });

  test('of a stack that is not there succeeds', async () => {
    await using cloud = await stackCloud();
    await cloud.client.send(new DeleteStackCommand({ StackName: 'nope' }));
  });
});

describe('exports', () => {
  const exporting = (value: string, name = 'shared'): object =>
    resources({ A: queue() }, { Outputs: { O: { Value: value, Export: { Name: name } } } });
  const importing = resources({ B: topic({ DisplayName: { 'Fn::ImportValue': 'shared' } }) });

  test('are imported by other stacks of the same account and region', async () => {
    await using cloud = await stackCloud();
    await cloud.deploy('one', exporting('v'));
    await cloud.deploy('two', importing);
    expect(cloud.shop.work[1]?.properties).toEqual({ DisplayName: 'v' });
    const { Exports } = await cloud.client.send(new ListExportsCommand({}));
    expect(Exports).toMatchObject([{ Name: 'shared', Value: 'v' }]);
  });

  test('in use can neither be changed nor deleted', async () => {
    await using cloud = await stackCloud();
    await cloud.deploy('one', exporting('v'));
    await cloud.deploy('two', importing);
    await expect(cloud.client.send(new DeleteStackCommand({ StackName: 'one' }))).rejects.toThrow(
      'Export shared cannot be deleted as it is in use by two',
    );
    await cloud.deploy('one', exporting('w'));
    expect((await cloud.stack('one')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await cloud.outputs('one')).toEqual({ O: 'v' });
    await cloud.client.send(new DeleteStackCommand({ StackName: 'two' }));
    await cloud.client.send(new DeleteStackCommand({ StackName: 'one' }));
    expect((await cloud.client.send(new ListExportsCommand({}))).Exports).toEqual([]);
  });

  test('of one name can come from one stack only', async () => {
    await using cloud = await stackCloud();
    await cloud.deploy('one', exporting('v'));
    await cloud.deploy('other', exporting('w'));
    expect((await cloud.stack('other')).StackStatus).toBe('ROLLBACK_COMPLETE');
    expect((await cloud.statuses('other')).some((line) => line === 'other ROLLBACK_IN_PROGRESS')).toBe(true);
  });

  test('that do not exist are planned as unknown, and fail the stack in AWS words', async () => {
    await using cloud = await stackCloud();
    await cloud.deploy('two', importing);
    const { StackEvents } = await cloud.client.send(new DescribeStackEventsCommand({ StackName: 'two' }));
    expect(StackEvents).toContainEqual(
      expect.objectContaining({
        LogicalResourceId: 'B',
        ResourceStatus: 'CREATE_FAILED',
        ResourceStatusReason: expect.stringContaining('No export named shared found'),
      }),
    );
  });
});

describe('change sets', () => {
  test('a new stack is in review until its change set is executed', async () => {
    await using cloud = await stackCloud();
    const request = { StackName: 'app', ChangeSetName: 'first' };
    const TemplateBody = JSON.stringify(resources({ A: queue() }));
    await cloud.client.send(new CreateChangeSetCommand({ ...request, ChangeSetType: 'CREATE', TemplateBody }));
    expect((await cloud.stack('app')).StackStatus).toBe('REVIEW_IN_PROGRESS');
    expect(cloud.shop.work).toEqual([]);
    await cloud.client.send(new ExecuteChangeSetCommand(request));
    expect((await cloud.stack('app')).StackStatus).toBe('CREATE_COMPLETE');
    await expect(cloud.client.send(new ExecuteChangeSetCommand(request))).rejects.toMatchObject({
      name: 'InvalidChangeSetStatusException',
    });
  });

  test('one that is gone is ChangeSetNotFound', async () => {
    await using cloud = await stackCloud();
    await cloud.deploy('app', resources({ A: queue() }));
    const request = { StackName: 'app', ChangeSetName: 'nope' };
    await cloud.client.send(new DeleteChangeSetCommand(request));
    await expect(cloud.client.send(new DescribeChangeSetCommand(request))).rejects.toMatchObject({
      name: 'ChangeSetNotFoundException',
      message: 'ChangeSet [nope] does not exist',
    });
  });

  test('resources that need IAM capabilities ask for them', async () => {
    await using cloud = await stackCloud();
    const template = resources({ A: queue() });
    await expect(cloud.deploy('app', resources({ R: { Type: 'AWS::IAM::Role', Properties: {} } }))).rejects.toThrow(
      'Unrecognized resource types: [AWS::IAM::Role]',
    );
    await cloud.deploy('app', template, { Capabilities: [] });
  });
});
