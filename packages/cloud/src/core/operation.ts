import type { Principal } from './principal.js';

/** Where a call lands: accounts and regions live side by side in one cloud. */
export interface Scope {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
}

/** One call of one operation. */
export interface Call extends Scope {
  readonly principal: Principal;
  readonly requestId: string;
  /** The client's address, for `aws:SourceIp`. */
  readonly sourceIp: string;
  /**
   * The id or name that the resource being created must get. CloudFormation chooses and persists it before it starts,
   * so that a create that was cut off can be repeated or undone. Only reachable in process, never from the wire.
   */
  readonly resourceId?: string;
  /**
   * Milliseconds for which an operation that reads may wait where there is nothing to read yet. Only reachable in
   * process, never from the wire.
   */
  readonly wait?: number;
  readonly signal?: AbortSignal;
}

/** One thing an operation must be allowed to do before it runs. */
export interface Access {
  /** `dynamodb:PutItem` */
  readonly action: string;
  /** The ARN it is done to, or `*` where the action has no resource. */
  readonly resource: string;
  /** The account that owns the resource, where its ARN does not say (S3); the account the call lands in unless told. */
  readonly resourceAccount?: string;
  /** Condition keys beyond the global ones, such as `dynamodb:LeadingKeys`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** The resource's own policy (JSON text), where the resource has one. */
  readonly resourcePolicy?: () => Promise<string | undefined>;
}

/**
 * One AWS operation: one small file exports one of these. `State` is what the operations of the service share
 * (its part of the store, its clients), made once by the service.
 */
export interface Operation<State, Input, Output> {
  /** AWS's name: `GetItem` */
  readonly name: string;
  /** The service whose model the operation follows; none where it reads the wire itself. */
  readonly model?: string;
  /** Makes the model's input of one that was given in process. The wire's protocol does it for what came over HTTP. */
  readonly read?: (raw: unknown) => unknown;
  /** Makes the typed input of what came off the wire; throws an AwsError in AWS's words. */
  readonly parse: (raw: unknown, scope: Scope) => Input;
  /** What the caller must be allowed to do; empty for operations that IAM does not guard. */
  readonly access: (input: Input, call: Call, state: State) => readonly Access[] | Promise<readonly Access[]>;
  readonly handle: (input: Input, call: Call, state: State) => Output | Promise<Output>;
  /** How a REST protocol spells the operation; absent for JSON and query services. */
  readonly http?: HttpBinding;
}

/** The HTTP form of an operation of a REST-JSON service (Lambda, API Gateway). */
export interface HttpBinding {
  readonly method: string;
  /** With labels and greedy labels: `/2015-03-31/functions/{FunctionName}/code` */
  readonly path: string;
  /** Query parameter to input member: `{ Qualifier: 'Qualifier' }` */
  readonly query?: Readonly<Record<string, string>>;
  /** Lower-case header to input member. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The input member that takes the whole body as bytes, when the body is not JSON members. */
  readonly payload?: string;
  /** Status of the answer; 200 unless told. */
  readonly status?: number;
  /** Output members that leave as something else than members of a JSON body. */
  readonly output?: {
    /** Output member to header name. */
    readonly headers?: Readonly<Record<string, string>>;
    /** The output member (Uint8Array) that is the whole body. */
    readonly payload?: string;
    /** The output member (number) that is the status. */
    readonly status?: string;
  };
}

/** Keeps the three types of an operation together without writing them out. */
export function operation<State>() {
  return <Input, Output>(definition: Operation<State, Input, Output>): Operation<State, Input, Output> => definition;
}

/** An operation whose service has bound its state to it; what the dispatcher runs. */
export interface BoundOperation {
  readonly name: string;
  readonly http?: HttpBinding;
  readonly model?: string;
  readonly read?: (raw: unknown) => unknown;
  readonly parse: (raw: unknown, scope: Scope) => unknown;
  readonly access: (input: unknown, call: Call) => readonly Access[] | Promise<readonly Access[]>;
  readonly handle: (input: unknown, call: Call) => unknown;
}

/** Binds a service's operations to its state. */
export function bindOperations<State>(
  state: State,
  // biome-ignore lint/suspicious/noExplicitAny: each operation's input type is its own; parse produces it and handle takes it
  operations: readonly Operation<State, any, any>[],
): ReadonlyMap<string, BoundOperation> {
  return new Map(
    operations.map(({ name, http, model, read, parse, access, handle }) => [
      name,
      {
        name,
        ...(http && { http }),
        ...(model !== undefined && { model }),
        ...(read && { read }),
        parse,
        access: (input, call) => access(input, call, state),
        handle: (input, call) => handle(input, call, state),
      } satisfies BoundOperation,
    ]),
  );
}
