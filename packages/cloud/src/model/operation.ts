import type { AccessRow, RowMaker } from '../core/access.js';
import type { Call, Operation, Scope } from '../core/operation.js';
import type { Input, ModelName, OperationName, Output } from './client-types.js';
import type { Constraints } from './constraints.js';
import { looseFormat } from './loose-format.js';
import { type ServiceModel, serviceModel } from './service-model.js';
import { type Refusal, validationError, violationsOf } from './validate.js';
import { createReaders, type ReadValue } from './value-reader.js';

interface Definition<State, Taken, Parsed, Answered> {
  /** AWS's name: `GetItem` */
  readonly name: string;
  /** Limits of the members, as AWS's reference gives them; that one is required is in the model. */
  readonly limits?: Constraints<Taken>;
  /**
   * Makes of a checked input what the operation works with: names and ARNs are read here and not again. Throws an
   * AwsError where a value means nothing.
   * @default - the SDK's input
   */
  readonly parse?: (input: Taken, scope: Scope) => Parsed;
  /** The permissions that the caller needs, in this order; empty for operations that IAM does not guard. */
  readonly access: (row: RowMaker<State, Parsed>) => readonly AccessRow<State, Parsed>[];
  readonly handle: (input: Parsed, call: Call, state: State) => Answered | Promise<Answered>;
}

/** Makes operations of one service, typed by the SDK's types of their names. */
export type OperationMaker<State, Model extends ModelName> = <
  const Name extends OperationName<Model>,
  Parsed = Input<Model, Name>,
>(
  definition: Definition<State, Input<Model, Name>, Parsed, Output<Model, Name>> & { readonly name: Name },
) => Operation<State, Parsed, Output<Model, Name>>;

/** The members of an input whose names are data. */
export type Members = Readonly<Record<string, unknown>>;

/** A maker as it serves operations that are made for several kinds of resource: their names and members are data. */
export type NamedOperationMaker<State> = <Parsed = Members>(
  definition: Definition<State, Members, Parsed, unknown>,
) => Operation<State, Parsed, unknown>;

/** The maker of a service for operations whose names are data: input and output are checked by the model alone. */
export function byName<State, Model extends ModelName>(make: OperationMaker<State, Model>): NamedOperationMaker<State> {
  return make as unknown as NamedOperationMaker<State>;
}

const looseReaders = new WeakMap<ServiceModel, ReturnType<typeof createReaders>>();

/** Reads the input of a call in process, where scalars may be text. */
function looseReader(model: ServiceModel, operation: string): ReadValue {
  const known = looseReaders.get(model) ?? createReaders(model, looseFormat);
  looseReaders.set(model, known);
  return known(model.operations[operation]?.input ?? 'unit');
}

/**
 * Makes the operations of a service whose inputs and outputs are AWS's model's: input is read by the model, checked
 * against required members and limits, and then parsed.
 *
 * @param service the cloud's name of the service, whose model is read when its first operation is asked
 * @param refuse the service's error for wrong input
 * @param prefix set before the names of the operations, where the service answers by two models that share names
 * @example
 * export const sqsOperation = operationsOf<SqsState, 'sqs'>('sqs', sqsRefusal);
 * export const listQueueTags = sqsOperation({
 *   name: 'ListQueueTags',
 *   parse: ({ QueueUrl }, scope) => ({ queue: parseQueueUrl(QueueUrl, scope) }),
 *   access: (row) => [onQueue(row, 'ListQueueTags')],
 *   handle: ({ queue }, _call, { queues }) => ({ Tags: queues.get(queue).record.tags }),
 * });
 */
export function operationsOf<State, Model extends ModelName>(
  service: Model,
  refuse: Refusal = validationError(),
  prefix = '',
): OperationMaker<State, Model> {
  const make = ({
    name,
    limits,
    parse,
    access,
    handle,
  }: Definition<State, unknown, unknown, unknown>): Operation<State, unknown, unknown> => ({
    name: prefix + name,
    model: service,
    read: (raw) => looseReader(serviceModel(service), name)(raw ?? {}, ''),
    parse: (input, scope) => {
      const model = serviceModel(service);
      const violations = violationsOf(model, model.operations[name]?.input ?? 'unit', input, limits);
      if (violations.length > 0) throw refuse(violations);
      return parse ? parse(input, scope) : input;
    },
    access,
    handle,
  });
  // The maker's type gives each definition the types of its name, which only the names themselves know.
  return make as unknown as OperationMaker<State, Model>;
}
