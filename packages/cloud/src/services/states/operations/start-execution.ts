import { AwsError } from '../../../core/aws-error.js';
import { randomId } from '../../../core/random-id.js';
import { onMachine, statesOperation, textOf } from '../service-state.js';
import { noSuchMachine } from '../state-machine.js';

const NAME = /^[^\s\p{Cc}<>{}[\]?*"#%\\^|~`$&,;:/]{1,80}$/u;

export const startExecution = statesOperation({
  name: 'StartExecution',
  parse: (raw) => {
    const { name = randomId.uuid(), input = '{}' } = Object(raw);
    if (!NAME.test(String(name))) throw new AwsError('InvalidName', `Invalid Name: '${String(name)}'`);
    return { arn: textOf(raw, 'stateMachineArn'), name: String(name), input: checkedJson(String(input)) };
  },
  access: (row) => [onMachine(row, 'StartExecution')],
  handle: ({ arn, name, input }, _call, { machines, executions }) => {
    const machine = machines.find(arn);
    if (!machine) throw noSuchMachine(arn);
    const execution = executions.start(machine, name, input);
    return { executionArn: execution.arn, startDate: execution.started / 1000 };
  },
});

function checkedJson(input: string): string {
  try {
    JSON.parse(input);
    return input;
  } catch {
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${input.slice(0, 200)}'`);
  }
}
