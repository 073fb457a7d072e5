import { setTimeout as delay } from 'node:timers/promises';
import { AwsError } from '../../../core/aws-error.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { generatedName } from '../engine/physical-id.js';
import { newStackId } from '../operations/stack-id.js';
import { isInProgress, type Stack } from '../stack/stack.js';

/** The parts of the engine that a nested stack needs. */
export interface NestedStackEngine {
  /** Says whose stack the next one of this id is. */
  readonly nest: (id: string, parentId: string) => void;
  readonly find: (id: string, context: ResourceContext) => Promise<Stack | undefined>;
  /** Resolves when the operation that is under way has ended; at once where none is known. */
  readonly finished: (id: string) => Promise<void>;
}

const LONGEST_NAME = 128;
/** Milliseconds between looks at a stack whose operation a restart has not taken up yet. */
const LOOK_AGAIN = 20;

/** AWS::CloudFormation::Stack: a stack that goes with the one it stands in. Its physical id is its ARN. */
export function nestedStack(engine: NestedStackEngine): ResourceType {
  const ended = async (id: string, context: ResourceContext): Promise<Stack | undefined> => {
    for (;;) {
      await engine.finished(id);
      const stack = await engine.find(id, context);
      if (!stack || !isInProgress(stack.status)) return stack;
      await delay(LOOK_AGAIN);
    }
  };
  return {
    type: 'AWS::CloudFormation::Stack',
    newId: (_properties, context) =>
      newStackId('stack', generatedName(context.stackName, context.logicalId, LONGEST_NAME), context),
    create: async (id, properties, context) => {
      if (!(await engine.find(id, context))) {
        engine.nest(id, context.stackId);
        await context.call(
          'cloudformation',
          'CreateStack',
          { StackName: nameIn(id), ...input(properties, context) },
          id,
        );
      }
      return stateOf(await ended(id, context), id, 'CREATE_COMPLETE');
    },
    update: async (id, properties, _previous, context) => {
      await ended(id, context);
      try {
        await context.call('cloudformation', 'UpdateStack', { StackName: id, ...input(properties, context) });
      } catch (error) {
        const unchanged = error instanceof AwsError && error.message === 'No updates are to be performed.';
        if (!unchanged) throw error;
        const stack = await ended(id, context);
        return { attributes: outputsOf(stack) };
      }
      return stateOf(await ended(id, context), id, 'UPDATE_COMPLETE');
    },
    delete: async (id, _properties, context) => {
      const before = await ended(id, context);
      if (!before || before.status === 'DELETE_COMPLETE') return;
      await context.call('cloudformation', 'DeleteStack', { StackName: id });
      const stack = await ended(id, context);
      if (stack && stack.status !== 'DELETE_COMPLETE') throw failed(id, stack, 'deleted');
    },
  };
}

function nameIn(id: string): string {
  return id.split('/')[1] ?? id;
}

function input({ TemplateURL, Parameters, Tags, NotificationARNs }: Properties, context: ResourceContext) {
  const own = Array.isArray(Tags) ? Tags : [];
  const tags = new Map(Object.entries(context.stackTags));
  for (const tag of own) tags.set(String(Reflect.get(Object(tag), 'Key')), String(Reflect.get(Object(tag), 'Value')));
  return {
    TemplateURL: String(TemplateURL),
    Parameters: Object.entries(Object(Parameters)).map(([ParameterKey, value]) => ({
      ParameterKey,
      // A list of values is one text to a parameter.
      ParameterValue: Array.isArray(value) ? value.join(',') : String(value),
    })),
    Tags: [...tags].map(([Key, Value]) => ({ Key, Value })),
    Capabilities: ['CAPABILITY_NAMED_IAM' as const, 'CAPABILITY_AUTO_EXPAND' as const],
    ...(Array.isArray(NotificationARNs) && { NotificationARNs: NotificationARNs.map(String) }),
  };
}

function outputsOf(stack: Stack | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(stack?.outputs.map(({ key, value }) => [`Outputs.${key}`, value]) ?? []);
}

function stateOf(stack: Stack | undefined, id: string, wanted: Stack['status']): ResourceState {
  if (stack?.status === wanted) return { attributes: outputsOf(stack) };
  throw failed(id, stack, wanted === 'CREATE_COMPLETE' ? 'created' : 'updated');
}

function failed(id: string, stack: Stack | undefined, what: string): AwsError {
  const reason = stack?.statusReason ?? `it is ${stack?.status ?? 'not there'}`;
  return new AwsError('NestedStackFailed', `Embedded stack ${id} was not successfully ${what}: ${reason}`);
}
