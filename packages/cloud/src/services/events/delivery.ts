import { AwsError } from '../../core/aws-error.js';
import type { CloudContext } from '../../core/cloud.js';
import { internalCall } from '../../core/internal-call.js';
import { parseQueueArn, type QueueName, queueUrl } from '../../core/queue-name.js';
import { parseFunctionName } from '../lambda/functions/function-name.js';
import { type RuleName, ruleArn } from './rule-name.js';
import type { Target } from './target.js';

/** EventBridge's description of a failed delivery ("Using dead-letter queues" of its user guide). */
export interface DeliveryFailure {
  /** `NO_PERMISSIONS` */
  readonly code: string;
  readonly message: string;
  /** True if another attempt may succeed. */
  readonly retriable: boolean;
}

const CODES: Readonly<Record<string, string>> = {
  AccessDeniedException: 'NO_PERMISSIONS',
  ResourceNotFoundException: 'NO_RESOURCE',
  QueueDoesNotExist: 'NO_RESOURCE',
  InvalidRequestContentException: 'INVALID_JSON',
  TooManyRequestsException: 'THROTTLING',
  RequestThrottled: 'THROTTLING',
};

type Services = Pick<CloudContext, 'dispatch'>;

/** Hands an event to its target: as EventBridge, for the rule, which the target's own policy has to let in. */
export async function deliver(
  services: Services,
  rule: RuleName,
  { Arn, SqsParameters }: Target,
  input: string,
): Promise<DeliveryFailure | undefined> {
  const queue = parseQueueArn(Arn);
  try {
    if (queue) await sendToQueue(services, rule, queue, { MessageBody: input, ...SqsParameters });
    else await invokeFunction(services, rule, Arn, input);
    return undefined;
  } catch (error) {
    if (!(error instanceof AwsError)) return { code: 'INTERNAL_ERROR', message: String(error), retriable: true };
    const code = CODES[error.code] ?? (error.status >= 500 ? 'INTERNAL_ERROR' : 'INVALID_PARAMETER');
    return { code, message: error.message, retriable: code === 'THROTTLING' || code === 'INTERNAL_ERROR' };
  }
}

async function invokeFunction(services: Services, rule: RuleName, arn: string, input: string): Promise<void> {
  const call = callFor(rule, parseFunctionName(arn, undefined, rule));
  const invocation = { FunctionName: arn, InvocationType: 'Event', Payload: Buffer.from(input) };
  await services.dispatch('lambda', 'Invoke', invocation, call);
}

/** Sends a message for a rule. @throws AwsError of SQS */
export async function sendToQueue(
  services: Services,
  rule: RuleName,
  queue: QueueName,
  message: object,
): Promise<void> {
  await services.dispatch('sqs', 'SendMessage', { QueueUrl: queueUrl(queue), ...message }, callFor(rule, queue));
}

function callFor(rule: RuleName, { account, region }: { readonly account: string; readonly region: string }) {
  const service = 'events.amazonaws.com';
  return internalCall(
    { account, region },
    { kind: 'service', account: rule.account, service, sourceArn: ruleArn(rule) },
  );
}
