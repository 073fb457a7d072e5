import { AwsError } from '../../../core/aws-error.js';
import { onExecution, statesOperation, textOf } from '../service-state.js';

export const describeExecution = statesOperation({
  name: 'DescribeExecution',
  parse: (raw) => ({ arn: textOf(raw, 'executionArn') }),
  access: (row) => [onExecution(row, 'DescribeExecution')],
  handle: ({ arn }, _call, { executions }) => {
    const execution = executions.find(arn);
    if (!execution) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    const { machine, name, status, started, stopped, input, output, error, cause } = execution;
    return {
      executionArn: arn,
      stateMachineArn: machine.arn,
      name,
      status,
      startDate: started / 1000,
      stopDate: stopped === undefined ? undefined : stopped / 1000,
      input,
      output,
      error,
      cause,
    };
  },
});
