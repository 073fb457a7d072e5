import { type Access, type AccessRow, accessRow, type RowMaker } from './access.js';
import type { Call, Scope } from './call.js';
import { defined } from './defined.js';

export type { Call, RequestFacts, Scope } from './call.js';

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
  /** The permissions that the caller needs, in this order; empty for operations that IAM does not guard. */
  readonly access: (row: RowMaker<State, Input>) => readonly AccessRow<State, Input>[];
  readonly handle: (input: Input, call: Call, state: State) => Output | Promise<Output>;
  /** True of an operation that AWS does not have: it is reached in process alone. */
  readonly internal?: true;
}

/** Keeps the three types of an operation together without writing them out. */
export function operation<State>() {
  return <Input, Output>(definition: Operation<State, Input, Output>): Operation<State, Input, Output> => definition;
}

/** A row of an operation whose service has bound its state to it. */
export interface BoundAccessRow extends Pick<AccessRow<unknown, unknown>, 'action' | 'type' | 'keys'> {
  readonly accesses: (input: unknown, call: Call) => readonly Access[] | Promise<readonly Access[]>;
}

/** An operation whose service has bound its state to it; what the dispatcher runs. */
export interface BoundOperation {
  readonly name: string;
  readonly model?: string;
  readonly read?: (raw: unknown) => unknown;
  readonly parse: (raw: unknown, scope: Scope) => unknown;
  readonly access: readonly BoundAccessRow[];
  readonly handle: (input: unknown, call: Call) => unknown;
  readonly internal?: true;
}

/** Binds a service's operations to its state. */
export function bindOperations<State>(
  state: State,
  // biome-ignore lint/suspicious/noExplicitAny: each operation's input type is its own; parse produces it and handle takes it
  operations: readonly Operation<State, any, any>[],
): ReadonlyMap<string, BoundOperation> {
  return new Map(
    operations.map(({ name, model, read, parse, access, handle, internal }) => [
      name,
      {
        name,
        ...defined({ model }),
        ...(read && { read }),
        ...(internal && { internal }),
        parse,
        access: access(accessRow).map(({ accesses, ...row }) => ({
          ...row,
          accesses: (input, call) => accesses(input, call, state),
        })),
        handle: (input, call) => handle(input, call, state),
      } satisfies BoundOperation,
    ]),
  );
}
