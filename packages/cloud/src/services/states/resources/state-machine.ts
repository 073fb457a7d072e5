import { AwsError } from '../../../core/aws-error.js';
import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { stackTags, type TagList } from '../../../core/stack-tags.js';
import type { RecordStore } from '../../../kit/record-store.js';
import { taskMachine } from '../../../kit/task-machine.js';
import { type StateMachine, statesArn } from '../state-machine.js';

interface StateMachineProperties extends Properties {
  readonly StateMachineName?: string;
  readonly RoleArn?: string;
  readonly Tags?: TagList;
}

const LONGEST_NAME = 80;

/** AWS::StepFunctions::StateMachine, of those that call functions one after another. Its physical id is its ARN. */
export function stateMachineResource(machines: RecordStore<StateMachine>): ResourceType<StateMachineProperties> {
  const put = async (
    arn: string,
    properties: StateMachineProperties,
    context: ResourceContext,
  ): Promise<ResourceState> => {
    const machine = taskMachine(properties);
    if (!machine) {
      throw new AwsError(
        'InvalidDefinition',
        'The local cloud runs only state machines all of whose states call functions; without --refuse-recorded it records others',
      );
    }
    const name = arn.split(':')[6] ?? '';
    const { account, region } = context;
    const tags = stackTags(properties.Tags, context);
    await machines.put({ account, region, arn, name, tags, roleArn: properties.RoleArn ?? '', machine });
    return { attributes: { Arn: arn, Name: name, StateMachineRevisionId: 'INITIAL' } };
  };
  return {
    type: 'AWS::StepFunctions::StateMachine',
    newId: ({ StateMachineName }, context) => {
      const end = `-${randomId.upper(12)}`;
      const readable = `${context.logicalId}`.slice(0, LONGEST_NAME - end.length);
      return statesArn('stateMachine', StateMachineName ?? `${readable}${end}`, context);
    },
    create: put,
    update: (arn, properties, _previous, context) => put(arn, properties, context),
    delete: (arn) => machines.delete(arn),
  };
}
