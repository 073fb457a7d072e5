import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { RecordStore } from '../../kit/record-store.js';
import { Executions } from './executions.js';
import { operations } from './operations/index.js';
import { statesProtocol } from './protocol.js';
import { stateMachineResource } from './resources/state-machine.js';
import type { StateMachine } from './state-machine.js';

/**
 * AWS Step Functions as far as custom resources need it: state machines all of whose states call functions run, as the
 * one with which CDK's provider framework waits. The others are recorded.
 */
export function states(context: CloudContext): Service {
  const machines = new RecordStore<StateMachine>(context.store.root.area('state-machines'), ({ arn }) => arn);
  const executions = new Executions(context);
  return {
    name: 'states',
    signingNames: ['states'],
    protocol: statesProtocol,
    operations: bindOperations({ machines, executions }, operations),
    resourceTypes: [stateMachineResource(machines)],
    start: () => machines.load(),
    stop: async () => executions.stop(),
  };
}
