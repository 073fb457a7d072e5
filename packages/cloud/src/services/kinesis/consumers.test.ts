import type { SubscribeToShardEventStream } from '@aws-sdk/client-kinesis';
import { expect, test } from 'vitest';
import { kinesisCloud } from './fixtures/kinesis-cloud.js';

const StreamName = 'clicks';
const StreamARN = 'arn:aws:kinesis:eu-west-1:000000000000:stream/clicks';
const SHARD = 'shardId-000000000000';

async function consumerCloud() {
  const it = await kinesisCloud();
  await it.client.createStream({ StreamName, ShardCount: 1 });
  const { Consumer } = await it.client.registerStreamConsumer({ StreamARN, ConsumerName: 'reports' });
  return { ...it, ConsumerARN: Consumer?.ConsumerARN ?? '' };
}

test('a consumer is described by its ARN, or by its name and the stream', async () => {
  await using it = await consumerCloud();
  expect(it.ConsumerARN).toMatch(/^arn:aws:kinesis:eu-west-1:000000000000:stream\/clicks\/consumer\/reports:\d+$/);
  const description = { ConsumerName: 'reports', ConsumerStatus: 'ACTIVE', StreamARN, ConsumerARN: it.ConsumerARN };
  for (const names of [{ ConsumerARN: it.ConsumerARN }, { StreamARN, ConsumerName: 'reports' }]) {
    expect((await it.client.describeStreamConsumer(names)).ConsumerDescription).toMatchObject(description);
  }
  expect((await it.client.listStreamConsumers({ StreamARN })).Consumers).toMatchObject([{ ConsumerName: 'reports' }]);
});

test('a stream with consumers is deleted only with them', async () => {
  await using it = await consumerCloud();
  await expect(it.client.deleteStream({ StreamName })).rejects.toMatchObject({
    name: 'ResourceInUseException',
    message:
      "DeleteStream can't delete 000000000000:clicks because there are consumers associated with this data stream. To delete clicks anyway, set the EnforceConsumerDeletion parameter to true to force the deletion of all the consumers that are associated with it.",
  });
  await it.client.deleteStream({ StreamName, EnforceConsumerDeletion: true });
  await expect(it.client.describeStreamConsumer({ ConsumerARN: it.ConsumerARN })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('a name is registered once with a stream, until it is deregistered', async () => {
  await using it = await consumerCloud();
  const again = { StreamARN, ConsumerName: 'reports' };
  await expect(it.client.registerStreamConsumer(again)).rejects.toMatchObject({ name: 'ResourceInUseException' });
  await it.client.deregisterStreamConsumer({ ConsumerARN: it.ConsumerARN });
  await it.client.registerStreamConsumer(again);
});

/** The texts of so many records of a subscription. */
async function take(stream: AsyncIterable<SubscribeToShardEventStream> | undefined, count: number) {
  const texts: string[] = [];
  for await (const { SubscribeToShardEvent } of stream ?? []) {
    for (const { Data } of SubscribeToShardEvent?.Records ?? []) texts.push(Buffer.from(Data ?? '').toString());
    if (texts.length >= count) break;
  }
  return texts;
}

test('a consumer that subscribes to a shard gets what is there, and what comes', async () => {
  await using it = await consumerCloud();
  const put = (text: string) => it.client.putRecord({ StreamName, PartitionKey: 'a', Data: Buffer.from(text) });
  await put('one');
  const { EventStream } = await it.client.subscribeToShard({
    ConsumerARN: it.ConsumerARN,
    ShardId: SHARD,
    StartingPosition: { Type: 'TRIM_HORIZON' },
  });
  const taken = take(EventStream, 2);
  await put('two');
  expect(await taken).toEqual(['one', 'two']);
});

test('the subscription to a shard that was split tells its children and ends', async () => {
  await using it = await consumerCloud();
  await it.client.splitShard({ StreamName, ShardToSplit: SHARD, NewStartingHashKey: '99' });
  const { EventStream = [] } = await it.client.subscribeToShard({
    ConsumerARN: it.ConsumerARN,
    ShardId: SHARD,
    StartingPosition: { Type: 'TRIM_HORIZON' },
  });
  const events: unknown[] = [];
  for await (const { SubscribeToShardEvent } of EventStream) events.push(SubscribeToShardEvent?.ChildShards?.length);
  expect(events).toEqual([2]);
});
