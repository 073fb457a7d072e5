import {
  CloudFormationClient,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import type { CloudOptions } from '../../cloud.js';
import { AwsError } from '../../core/aws-error.js';
import type { Properties, ResourceType } from '../../core/resource-type.js';
import type { ServiceMaker } from '../../core/service.js';
import { queryProtocol } from '../../gateway/query-protocol.js';
import { type TestCloud, testCloud } from '../../testing/index.js';
import { cloudFormation } from './index.js';

/** One call of a resource type: `create Queue`. */
export interface Work {
  readonly what: 'create' | 'update' | 'delete';
  readonly id: string;
  readonly logicalId: string;
  readonly properties: Properties;
}

/** The things that exist behind the fake resource types, and what was done to them. */
export interface Workshop {
  readonly things: Map<string, Properties>;
  readonly work: Work[];
  /** `create A` in order. */
  readonly log: () => readonly string[];
  /** Throws, or waits: asked before each piece of work. */
  hook: (work: Work) => void | Promise<void>;
}

const TYPES = ['AWS::SQS::Queue', 'AWS::SNS::Topic', 'AWS::Events::Rule'];
const NAMES: Readonly<Record<string, string>> = {
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::Events::Rule': 'Name',
};

export function workshop(): Workshop {
  const work: Work[] = [];
  return {
    things: new Map(),
    work,
    log: () => work.map(({ what, logicalId }) => `${what} ${logicalId}`),
    hook: () => {},
  };
}

/** A service that only gives resource types, over things in memory. They refuse a name that is taken, as AWS does. */
export function fakeService(shop: Workshop): ServiceMaker {
  const resourceType = (type: string): ResourceType => {
    const state = (id: string, properties: Properties) => ({
      attributes: { Arn: `arn:fake:${id}`, QueueName: id, TopicName: id, TopicArn: `arn:fake:${id}`, properties },
    });
    return {
      type,
      nameProperty: NAMES[type] ?? 'Name',
      maxNameLength: 80,
      create: async (id, properties, { logicalId }) => {
        const work = { what: 'create', id, logicalId, properties } as const;
        shop.work.push(work);
        await shop.hook(work);
        shop.things.set(id, properties);
        return state(id, properties);
      },
      update: async (id, properties, _previous, { logicalId }) => {
        const work = { what: 'update', id, logicalId, properties } as const;
        shop.work.push(work);
        await shop.hook(work);
        if (!shop.things.has(id)) throw new AwsError('NotFoundException', `${id} is not there`, 404);
        shop.things.set(id, properties);
        return state(id, properties);
      },
      delete: async (id, properties, { logicalId }) => {
        const work = { what: 'delete', id, logicalId, properties } as const;
        shop.work.push(work);
        await shop.hook(work);
        shop.things.delete(id);
      },
    };
  };
  return () => ({
    name: 'fake',
    signingNames: ['fake'],
    protocol: queryProtocol({ xmlns: 'https://fake.test/', version: '2010-01-01' }),
    operations: new Map(),
    resourceTypes: TYPES.map(resourceType),
  });
}

export interface StackCloud extends TestCloud {
  readonly shop: Workshop;
  readonly client: CloudFormationClient;
  /** Creates a change set and executes it. */
  readonly deploy: (stackName: string, template: object, more?: Partial<CreateChangeSetCommandInput>) => Promise<void>;
  /** The stack, by name or ARN. */
  readonly stack: (name: string) => Promise<Stack>;
  readonly outputs: (name: string) => Promise<Record<string, string | undefined>>;
  /** Logical id to physical id and status. */
  readonly resources: (
    name: string,
  ) => Promise<Record<string, readonly [physicalId: string | undefined, status: string | undefined]>>;
  /** `A CREATE_IN_PROGRESS`, oldest first. */
  readonly statuses: (name: string) => Promise<readonly string[]>;
}

/** A cloud with CloudFormation and the fake resource types. */
export async function stackCloud(shop: Workshop = workshop(), options: CloudOptions = {}): Promise<StackCloud> {
  const cloud = await testCloud({ services: [cloudFormation, fakeService(shop)], ...options });
  const client = new CloudFormationClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const stack = async (name: string): Promise<Stack> => {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    if (!Stacks?.[0]) throw new Error(`no stack ${name}`);
    return Stacks[0];
  };
  let changeSets = 0;
  return {
    ...cloud,
    shop,
    client,
    stack,
    deploy: async (stackName, template, more = {}) => {
      const { Stacks } = await client
        .send(new DescribeStacksCommand({ StackName: stackName }))
        .catch(() => ({ Stacks: undefined }));
      const ChangeSetName = `change-set-${++changeSets}`;
      const { StackId } = await client.send(
        new CreateChangeSetCommand({
          StackName: stackName,
          ChangeSetName,
          ChangeSetType: Stacks ? 'UPDATE' : 'CREATE',
          TemplateBody: JSON.stringify(template),
          Capabilities: ['CAPABILITY_NAMED_IAM'],
          ...more,
        }),
      );
      const changeSet = await client.send(new DescribeChangeSetCommand({ ChangeSetName, StackName: StackId }));
      if (changeSet.Status !== 'CREATE_COMPLETE') throw new Error(changeSet.StatusReason);
      await client.send(new ExecuteChangeSetCommand({ ChangeSetName, StackName: StackId }));
    },
    outputs: async (name) =>
      Object.fromEntries((await stack(name)).Outputs?.map((one) => [one.OutputKey ?? '', one.OutputValue]) ?? []),
    resources: async (name) => {
      const { StackResources } = await client.send(new DescribeStackResourcesCommand({ StackName: name }));
      return Object.fromEntries(
        StackResources?.map((one) => [
          one.LogicalResourceId ?? '',
          [one.PhysicalResourceId, one.ResourceStatus] as const,
        ]) ?? [],
      );
    },
    statuses: async (name) => {
      const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName: name }));
      return (StackEvents ?? []).map((event) => `${event.LogicalResourceId} ${event.ResourceStatus}`).reverse();
    },
  };
}
