import { setTimeout as wait } from 'node:timers/promises';
import { AwsError } from '../../core/aws-error.js';
import type { CloudContext } from '../../core/cloud.js';
import { RoleSessions } from '../../kit/role-sessions.js';
import type { Retrier, TaskState } from '../../kit/task-machine.js';
import { type StateMachine, statesArn } from './state-machine.js';

/** An execution of a state machine. */
export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly machine: StateMachine;
  /** Epoch milliseconds. */
  readonly started: number;
  /** JSON text. */
  readonly input: string;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED';
  stopped?: number;
  /** JSON text. */
  output?: string;
  error?: string;
  cause?: string;
}

/** Executions that have ended are kept so far. */
const KEPT = 1000;

/** Why a state failed, as retriers and catchers know it. */
class StateFailure extends Error {
  constructor(
    readonly error: string,
    readonly reason: string,
  ) {
    super(`${error}: ${reason}`);
  }
}

/**
 * Runs state machines. Executions are held in memory and end with the cloud: whoever waits for one, as CloudFormation
 * does, asks again after a restart.
 */
export class Executions {
  readonly #context: CloudContext;
  readonly #sessions: RoleSessions;
  readonly #stopping = new AbortController();
  readonly #all = new Map<string, Execution>();

  constructor(context: CloudContext) {
    this.#context = context;
    this.#sessions = new RoleSessions(context, 'states.amazonaws.com');
  }

  stop(): void {
    this.#stopping.abort();
  }

  find(arn: string): Execution | undefined {
    return this.#all.get(arn);
  }

  /** @throws AwsError ExecutionAlreadyExists for a name that another input has used */
  start(machine: StateMachine, name: string, input: string): Execution {
    const arn = statesArn('execution', `${machine.name}:${name}`, machine);
    const before = this.#all.get(arn);
    if (before?.status === 'RUNNING' && before.input === input) return before;
    if (before) throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    const execution: Execution = { arn, name, machine, input, started: this.#context.now(), status: 'RUNNING' };
    this.#all.set(arn, execution);
    void this.#run(execution);
    return execution;
  }

  async #run(execution: Execution): Promise<void> {
    const { machine } = execution.machine;
    let input = execution.input;
    let name: string | undefined = machine.startAt;
    try {
      while (name !== undefined) {
        const state: TaskState | undefined = machine.states[name];
        if (state === undefined) break;
        try {
          input = await this.#retried(execution, state, input);
          name = state.next;
        } catch (failure) {
          if (!(failure instanceof StateFailure)) throw failure;
          const caught = state.catch.find(({ errors }) => isOf(errors, failure.error));
          if (!caught) throw failure;
          input = JSON.stringify({ Error: failure.error, Cause: failure.reason });
          name = caught.next;
        }
      }
      this.#end(execution, { status: 'SUCCEEDED', output: input });
    } catch (failure) {
      if (this.#stopping.signal.aborted) return;
      const [error, cause] =
        failure instanceof StateFailure ? [failure.error, failure.reason] : ['States.Runtime', String(failure)];
      this.#end(execution, { status: 'FAILED', error, cause });
      const message = `the execution ${execution.arn} failed: ${error}: ${cause}`;
      this.#context.emit({ kind: 'warning', time: this.#context.now(), message });
    }
  }

  #end(execution: Execution, ended: Partial<Execution>): void {
    Object.assign(execution, ended, { stopped: this.#context.now() });
    const over = [...this.#all.values()].filter(({ status }) => status !== 'RUNNING');
    for (const { arn } of over.slice(0, Math.max(0, over.length - KEPT))) this.#all.delete(arn);
  }

  async #retried(execution: Execution, state: TaskState, input: string): Promise<string> {
    const attempts = new Map<Retrier, number>();
    for (;;) {
      try {
        return await this.#call(execution, state, input);
      } catch (failure) {
        if (!(failure instanceof StateFailure)) throw failure;
        const retrier = state.retry.find(({ errors }) => isOf(errors, failure.error));
        const made = (retrier && attempts.get(retrier)) ?? 0;
        if (!retrier || made >= retrier.maxAttempts) throw failure;
        attempts.set(retrier, made + 1);
        const seconds = retrier.interval * retrier.backoffRate ** made;
        await wait(seconds * 1000, undefined, { signal: this.#stopping.signal, ref: false });
      }
    }
  }

  async #call({ machine, name }: Execution, { functionArn }: TaskState, input: string): Promise<string> {
    try {
      const call = await this.#sessions.call(machine.roleArn, name.slice(0, 64), machine, machine, machine.arn);
      const invocation = { FunctionName: functionArn, Payload: Buffer.from(input) };
      const { FunctionError, Payload } = await this.#context.dispatch('lambda', 'Invoke', invocation, call);
      const answer = Buffer.from(Payload ?? []).toString();
      if (FunctionError === undefined) return answer || 'null';
      throw new StateFailure(errorType(answer), answer);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw new StateFailure(`Lambda.${error.code}`, error.message);
    }
  }
}

function isOf(errors: readonly string[], error: string): boolean {
  return errors.includes(error) || errors.includes('States.ALL') || errors.includes('States.TaskFailed');
}

/** The name of a function's error, by what the runtime reports of it. */
function errorType(answer: string): string {
  try {
    const { errorType: type } = JSON.parse(answer);
    return typeof type === 'string' ? type : 'Lambda.Unknown';
  } catch {
    return 'Lambda.Unknown';
  }
}
