import type { CloudContext } from '../../../core/cloud.js';
import { internalCall } from '../../../core/internal-call.js';
import type { Call, Scope } from '../../../core/operation.js';
import { assumeExecutionRole } from '../functions/execution-role.js';
import type { InvocationTarget } from './invoker.js';

/** Milliseconds before its end at which a session is not used any more. */
const SPARE = 5 * 60_000;

/** A function and the role that it runs under. */
export interface FunctionRole extends Scope {
  readonly roleArn: string;
  readonly functionName: string;
}

export function roleOf({ reference, version }: InvocationTarget): FunctionRole {
  const { account, region, name } = reference;
  return { account, region, roleArn: version.role, functionName: name };
}

/** Calls that Lambda makes for a function: under the function's execution role, which has to be allowed to. */
export class RoleCalls {
  readonly #context: CloudContext;
  #session: { readonly roleArn: string; readonly until: number; readonly call: Call } | undefined;

  constructor(context: CloudContext) {
    this.#context = context;
  }

  async call(
    role: FunctionRole,
    service: string,
    operation: string,
    input: object,
    waiting: Pick<Call, 'wait' | 'signal'> = {},
    // biome-ignore lint/suspicious/noExplicitAny: the output is the named operation's; callers narrow it to the members they read
  ): Promise<any> {
    const call = await this.#callOf(role);
    return this.#context.dispatch(service, operation, input, { ...call, ...waiting });
  }

  async #callOf({ account, region, roleArn, functionName }: FunctionRole): Promise<Call> {
    if (this.#session?.roleArn === roleArn && this.#session.until > this.#context.now()) return this.#session.call;
    const scope = { account, region };
    const credentials = await assumeExecutionRole(this.#context, scope, roleArn, functionName);
    const session = await this.#context.credentials.find(credentials.accessKeyId);
    if (session === undefined) throw new Error('the session of the function’s role is unknown');
    const call = internalCall(scope, session.principal);
    this.#session = { roleArn, until: credentials.expiration - SPARE, call };
    return call;
  }
}
