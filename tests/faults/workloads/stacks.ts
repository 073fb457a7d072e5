import { setTimeout } from 'node:timers/promises';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import { Ledger } from '../ledger.js';
import type { Target, Workload } from '../workload.js';
import { parameterValue } from './parameters.js';

const TAKEN = '/stacks/taken';

/** A parameter and a queue that both say the generation; `fails` adds a parameter whose name is taken. */
function template(name: string, generation: number, fails: boolean): string {
  return JSON.stringify({
    Resources: {
      Parameter: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Name: `/stacks/${name}`, Type: 'String', Value: String(generation) },
      },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: generation } },
      ...(fails && {
        Fails: {
          Type: 'AWS::SSM::Parameter',
          DependsOn: ['Parameter', 'Queue'],
          Properties: { Name: TAKEN, Type: 'String', Value: 'mine' },
        },
      }),
    },
    Outputs: { QueueUrl: { Value: { Ref: 'Queue' } } },
  });
}

/** What is there of a stack: the generation of its resources, nothing of them, or no stack. */
type State = number | 'rolled back' | 'absent';

interface Found {
  readonly status: string;
  readonly queueUrl: string | undefined;
}

async function describe(target: Target, StackName: string): Promise<Found | undefined> {
  try {
    const { Stacks } = await new CloudFormationClient(target).send(new DescribeStacksCommand({ StackName }));
    const [stack] = Stacks ?? [];
    return { status: String(stack?.StackStatus), queueUrl: stack?.Outputs?.[0]?.OutputValue };
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

/** Resolves when no operation of the stack is under way; it is stuck after half a minute. */
async function settled(target: Target, name: string): Promise<Found | undefined> {
  const stuck = Date.now() + 30_000;
  for (;;) {
    const found = await describe(target, name);
    if (!found?.status.endsWith('IN_PROGRESS')) return found;
    if (Date.now() > stuck) throw new Error(`stack ${name} is stuck in ${found.status}`);
    await setTimeout(20);
  }
}

async function stateOf(target: Target, name: string): Promise<State> {
  const found = await settled(target, name);
  const value = await parameterValue(target, `/stacks/${name}`);
  if (found === undefined || found.status === 'ROLLBACK_COMPLETE') {
    expect(value, `the parameter of ${name}, which is ${found?.status ?? 'gone'}`).toBeUndefined();
    return found === undefined ? 'absent' : 'rolled back';
  }
  expect(found.status, `the status of ${name}`).toMatch(/^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/);
  const { Attributes } = await new SQSClient(target).send(
    new GetQueueAttributesCommand({ QueueUrl: found.queueUrl, AttributeNames: ['DelaySeconds'] }),
  );
  expect(Attributes?.DelaySeconds, `the queue of ${name} against its parameter`).toBe(value);
  return Number(value);
}

/** Stacks that are created, updated, rolled back and deleted. */
export function stacks(): Workload {
  const ledgers = ['one', 'two'].map((name) => new Ledger<State>(name, 'absent'));
  let generation = 0;

  async function turn(target: Target, ledger: Ledger<State>, acknowledged: () => void): Promise<void> {
    const client = new CloudFormationClient(target);
    const StackName = ledger.name;
    const body = (fails: boolean) => ({ StackName, TemplateBody: template(StackName, generation, fails) });
    const change = async (state: State, call: () => Promise<unknown>) => {
      await ledger.change(state, async () => {
        await call();
        await settled(target, StackName);
      });
      ledger.settle(await stateOf(target, StackName));
      acknowledged();
    };
    const next = () => {
      generation = (generation % 900) + 1;
      return generation;
    };
    if (ledger.acknowledged !== 'absent')
      await change('absent', () => client.send(new DeleteStackCommand({ StackName })));
    next();
    await change('rolled back', () => client.send(new CreateStackCommand(body(true))));
    await change('absent', () => client.send(new DeleteStackCommand({ StackName })));
    await change(next(), () => client.send(new CreateStackCommand(body(false))));
    await change(next(), () => client.send(new UpdateStackCommand(body(false))));
    const before = ledger.acknowledged;
    next();
    await change(before, () => client.send(new UpdateStackCommand(body(true))));
  }

  return {
    name: 'stacks',
    prepare: async (target) => {
      await new SSMClient(target).send(new PutParameterCommand({ Name: TAKEN, Value: 'theirs', Type: 'String' }));
    },
    work: async (target, acknowledged) => {
      await Promise.all(ledgers.map((ledger) => turn(target, ledger, acknowledged)));
    },
    verify: async (target) => {
      for (const ledger of ledgers) ledger.settle(await stateOf(target, ledger.name));
      expect(await parameterValue(target, TAKEN)).toBe('theirs');
    },
  };
}
