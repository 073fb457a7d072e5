import { AwsError } from '../../../core/aws-error.js';
import { parsePolicy } from '../../../iam/index.js';
import { invalidArgument, notFound } from '../kinesis-error.js';
import { type KinesisState, kinesisOperation, onConsumerOf, onStreamOf } from '../service-state.js';
import { type ConsumerName, parseConsumerArn, parseStreamArn, type StreamName } from '../streams/stream-name.js';

/** The resource that a policy is of. */
interface Owner {
  readonly arn: string;
  readonly stream: StreamName | undefined;
  readonly consumer: ConsumerName | undefined;
}

function ownerOf(arn: string): Owner {
  const owner = { arn, stream: parseStreamArn(arn), consumer: parseConsumerArn(arn) };
  if (owner.stream === undefined && owner.consumer === undefined) throw notFound(`Resource ${arn} not found.`);
  return owner;
}

function policyOf({ stream, consumer }: Owner, { streams, consumers }: KinesisState): string | undefined {
  if (consumer) return consumers.get(consumer).policy;
  return stream && streams.get(stream).policy;
}

async function setPolicy(owner: Owner, policy: string | undefined, state: KinesisState): Promise<void> {
  const { streams, consumers } = state;
  const { stream, consumer } = owner;
  if (consumer) await consumers.put({ ...consumers.get(consumer), policy });
  else if (stream) await streams.put({ ...streams.get(stream), policy });
}

/** @throws AwsError InvalidArgumentException */
function checkPolicy(policy: string): string {
  try {
    parsePolicy(policy, 'resource');
  } catch (error) {
    if (error instanceof AwsError) throw invalidArgument(`The policy is not valid: ${error.message}`);
    throw error;
  }
  return policy;
}

export const putResourcePolicy = kinesisOperation({
  name: 'PutResourcePolicy',
  parse: ({ ResourceARN, Policy }) => ({ owner: ownerOf(ResourceARN), policy: checkPolicy(Policy) }),
  access: (row) => [
    onStreamOf(row, 'PutResourcePolicy', ({ owner }) => owner.stream),
    onConsumerOf(row, 'PutResourcePolicy', ({ owner }) => owner.consumer),
  ],
  handle: ({ owner, policy }, _call, state) => setPolicy(owner, policy, state),
});

export const getResourcePolicy = kinesisOperation({
  name: 'GetResourcePolicy',
  parse: ({ ResourceARN }) => ({ owner: ownerOf(ResourceARN) }),
  access: (row) => [
    onStreamOf(row, 'GetResourcePolicy', ({ owner }) => owner.stream),
    onConsumerOf(row, 'GetResourcePolicy', ({ owner }) => owner.consumer),
  ],
  handle: ({ owner }, _call, state) => ({ Policy: policyOf(owner, state) ?? '{}' }),
});

export const deleteResourcePolicy = kinesisOperation({
  name: 'DeleteResourcePolicy',
  parse: ({ ResourceARN }) => ({ owner: ownerOf(ResourceARN) }),
  access: (row) => [
    onStreamOf(row, 'DeleteResourcePolicy', ({ owner }) => owner.stream),
    onConsumerOf(row, 'DeleteResourcePolicy', ({ owner }) => owner.consumer),
  ],
  handle: async ({ owner }, _call, state) => {
    if (policyOf(owner, state) === undefined) throw notFound(`No resource policy found for resource ARN ${owner.arn}`);
    await setPolicy(owner, undefined, state);
  },
});
