import { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import { type QueueName, queueArn, queueUrl } from '../../../core/queue-name.js';
import { type FunctionRole, RoleCalls } from '../invocation/role-calls.js';
import { invalidParameter } from '../lambda-error.js';
import { type QueueEventRecord, queueEventRecord, type ReceivedMessage } from './queue-event.js';

/** Codes that Lambda tells as SQS's query protocol has them. */
const QUERY_CODES: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
};

/** A queue as Lambda reads it for one function: under the function's execution role, which has to be allowed to. */
export class QueueClient {
  readonly #calls: RoleCalls;
  readonly #queue: QueueName;

  constructor(context: CloudContext, queue: QueueName) {
    this.#calls = new RoleCalls(context);
    this.#queue = queue;
  }

  /** @param wait whole seconds, to 20 */
  async receive(
    reader: FunctionRole,
    most: number,
    wait: number,
    signal: AbortSignal,
  ): Promise<readonly QueueEventRecord[]> {
    const input = {
      MaxNumberOfMessages: most,
      WaitTimeSeconds: wait,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    };
    const { Messages = [] } = await this.#call(reader, 'ReceiveMessage', input, signal);
    return Messages.map((each: ReceivedMessage) => queueEventRecord(each, queueArn(this.#queue), this.#queue.region));
  }

  async delete(reader: FunctionRole, records: readonly QueueEventRecord[]): Promise<void> {
    for (let at = 0; at < records.length; at += 10) {
      const Entries = records
        .slice(at, at + 10)
        .map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
      await this.#call(reader, 'DeleteMessageBatch', { Entries });
    }
  }

  /**
   * Lambda's checks before it maps a queue to a function.
   * @param timeout the function's, in seconds
   * @throws AwsError InvalidParameterValueException
   */
  async check(reader: FunctionRole, timeout: number): Promise<void> {
    const given = async <T>(action: string, attempt: () => Promise<T>): Promise<T> => {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        if (error.code === 'AccessDeniedException') {
          throw invalidParameter(
            `The provided execution role does not have permissions to call ${action} on SQS (${error.message})`,
          );
        }
        throw invalidParameter(
          `Error occurred while ${action}. SQS Error Code: ${QUERY_CODES[error.code] ?? error.code}. SQS Error Message: ${error.message}`,
        );
      }
    };
    // A receiver that has gone away already is let in or not, and takes nothing.
    await given('ReceiveMessage', () => this.receive(reader, 1, 0, AbortSignal.abort()));
    const nothing = Buffer.from(`${queueArn(this.#queue)} 0 none`).toString('base64');
    await given('DeleteMessage', () => this.#call(reader, 'DeleteMessage', { ReceiptHandle: nothing }));
    const { Attributes } = await given('GetQueueAttributes', () =>
      this.#call(reader, 'GetQueueAttributes', { AttributeNames: ['VisibilityTimeout'] }),
    );
    const visibility = Number(Attributes.VisibilityTimeout);
    if (visibility < timeout) {
      throw invalidParameter(
        `Queue visibility timeout: ${visibility} seconds is less than Function timeout: ${timeout} seconds`,
      );
    }
  }

  // biome-ignore lint/suspicious/noExplicitAny: the output is the named operation's; callers narrow it to the members they read
  #call(reader: FunctionRole, operation: string, input: object, signal?: AbortSignal): Promise<any> {
    const QueueUrl = queueUrl(this.#queue);
    return this.#calls.call(reader, 'sqs', operation, { QueueUrl, ...input }, { ...(signal && { signal }) });
  }
}
