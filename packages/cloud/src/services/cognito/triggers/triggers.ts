import { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import { defined } from '../../../core/defined.js';
import { internalCall } from '../../../core/internal-call.js';
import { isObject } from '../../../core/json.js';
import { type PoolRecord, poolArn, type TriggerConfig } from '../pools/pool-record.js';

/** The members of `LambdaConfig` that name a function alone. */
export type TriggerName = {
  [Name in keyof TriggerConfig]-?: NonNullable<TriggerConfig[Name]> extends string ? Name : never;
}[keyof TriggerConfig] &
  string;

export interface TriggerEvent {
  /** `PreSignUp_SignUp` */
  readonly source: string;
  readonly userName: string | undefined;
  readonly clientId: string | undefined;
  readonly request: Readonly<Record<string, unknown>>;
  /** With the members that the function may set, at what they are if it leaves them. */
  readonly response: Readonly<Record<string, unknown>>;
}

/** The `response` of a function. */
export type TriggerResponse = Readonly<Record<string, unknown>>;

/** Calls the functions of user pools ("Customizing user pool workflows with Lambda triggers", developer guide). */
export class Triggers {
  readonly #context: CloudContext;

  constructor(context: CloudContext) {
    this.#context = context;
  }

  /**
   * Has a pool's function answer an event.
   *
   * @returns its `response`; undefined where the pool has no such trigger
   * @throws AwsError UserLambdaValidationException with the function's error, UnexpectedLambdaException where it cannot
   * be called, InvalidLambdaResponseException where its answer is no event
   */
  async run(pool: PoolRecord, name: TriggerName, event: TriggerEvent): Promise<TriggerResponse | undefined> {
    const { arn, version } = functionOf(pool, name);
    if (arn === undefined) return undefined;
    const { source, userName, clientId, request, response } = event;
    // The members in AWS's order: functions print events.
    const payload = {
      version,
      region: pool.region,
      userPoolId: pool.id,
      ...defined({ userName }),
      callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: clientId ?? 'CLIENT_ID_NOT_APPLICABLE' },
      triggerSource: source,
      request,
      response,
    };
    return responseOf(await this.#invoke(pool, name, arn, payload));
  }

  async #invoke(pool: PoolRecord, name: TriggerName, arn: string, payload: unknown): Promise<unknown> {
    const { account, region } = pool;
    const principal = {
      kind: 'service',
      account,
      service: 'cognito-idp.amazonaws.com',
      sourceArn: poolArn(pool),
    } as const;
    const input = { FunctionName: arn, Payload: Buffer.from(JSON.stringify(payload)) };
    const { FunctionError, Payload } = await this.#context
      .dispatch('lambda', 'Invoke', input, internalCall({ account, region }, principal))
      .catch((error: unknown) => {
        if (!(error instanceof AwsError)) throw error;
        const message = `${name} invocation failed due to error ${error.code}.`;
        throw new AwsError('UnexpectedLambdaException', message);
      });
    const answer = parsed(Buffer.from(Payload ?? new Uint8Array()).toString());
    if (FunctionError === undefined) return answer;
    const said = isObject(answer) && typeof answer.errorMessage === 'string' ? answer.errorMessage : 'Unknown';
    throw new AwsError('UserLambdaValidationException', `${name} failed with error ${said}.`);
  }
}

/** The function of a trigger and the version of the event that it gets. */
function functionOf({ settings }: PoolRecord, name: TriggerName) {
  const { LambdaConfig = {} } = settings;
  if (name !== 'PreTokenGeneration') return { arn: LambdaConfig[name], version: '1' };
  const { LambdaArn, LambdaVersion = 'V1_0' } = LambdaConfig.PreTokenGenerationConfig ?? {};
  return { arn: LambdaArn ?? LambdaConfig.PreTokenGeneration, version: LambdaVersion.slice(1, 2) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function responseOf(answer: unknown): TriggerResponse {
  const response = isObject(answer) ? answer.response : undefined;
  if (!isObject(answer) || (response !== undefined && response !== null && !isObject(response))) {
    throw new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
  }
  return response ?? {};
}
