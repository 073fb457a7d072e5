import type { Input } from '../../../model/client-types.js';
import type { InvocationTarget, Invoker } from '../invocation/invoker.js';
import type { Checkpoint } from './checkpoint.js';
import type { EventSourceMapping } from './event-source-mapping.js';
import type { Poller } from './poller.js';

/** Members of the operations that create and update mappings. */
export type SettingsInput = Partial<Input<'lambda', 'CreateEventSourceMapping'>>;

/** One kind of event source. */
export interface SourceKind {
  /** As AWS names it in its messages: `SQS` */
  readonly name: string;
  readonly isArn: (arn: string) => boolean;
  /** AWS's words for a source that is mapped to the function already, up to the mapping's UUID. */
  readonly taken: (arn: string, functionName: string) => string;
  /**
   * The settings of a mapping with their defaults, as members of the API's input. `StartingPosition` has no default,
   * and is refused if it is not listed here.
   */
  readonly defaults: SettingsInput;
  /** @throws AwsError InvalidParameterValueException where settings do not go together */
  readonly checkSettings: (mapping: EventSourceMapping) => void;
  /** @throws Error for what is no pattern */
  readonly compilePattern: (pattern: string) => unknown;
  /**
   * Looks at what Lambda looks at before it maps the source to a function.
   * @returns the mapping, with where its reading begins
   * @throws AwsError InvalidParameterValueException
   */
  readonly check: (
    mapping: EventSourceMapping,
    target: InvocationTarget,
    state: Invoker,
  ) => Promise<EventSourceMapping>;
  /** @param previous resolves when nobody else reads for the mapping any more */
  readonly poll: (
    state: Invoker,
    mapping: EventSourceMapping,
    checkpoint: Checkpoint,
    previous: Promise<void>,
  ) => Poller;
}
