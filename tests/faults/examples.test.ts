import { once } from 'node:events';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { DeployedApp } from '../processes/deployed-app.js';

/** Milliseconds: functions start again after a kill. */
const LONG = { timeout: 60_000 };

test('every order that was acknowledged is done, though the cloud was killed in the midst of its way', {
  timeout: 180_000,
}, async () => {
  await using flow = await DeployedApp.deploy('examples/order-flow/infra/app.ts', {}, { durable: true });
  const orders = `${flow.output('OrderFlow')}orders`;
  const place = (id: string) =>
    fetch(orders, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, item: 'tea', amount: 1 }),
    });
  const acknowledged: string[] = [];
  for (let id = 1; acknowledged.length < 12; id++) {
    if ((await place(String(id))).status === 201) acknowledged.push(String(id));
  }
  const last = place('last').then(
    ({ status }) => status === 201 && acknowledged.push('last'),
    () => undefined,
  );
  await flow.killAndRestart();
  await last;
  const statusOf = async (id: string) => {
    const { status } = (await (await fetch(`${orders}/${id}`)).json()) as { status?: string };
    return status;
  };
  const undone = async () => {
    const found = await Promise.all(acknowledged.map(async (id) => [id, await statusOf(id)] as const));
    return found.filter(([, status]) => status !== 'done');
  };
  await expect.poll(undone, LONG).toEqual([]);
});

test('members of a chat leave when the cloud is killed, and others meet after it', { timeout: 180_000 }, async () => {
  await using chat = await DeployedApp.deploy('examples/chat/infra/app.ts', {}, { durable: true });
  const dynamodb = new DynamoDB(await chat.clientConfig());
  const count = async () =>
    (await dynamodb.scan({ TableName: chat.output('Chat', 'MembersTableName'), ConsistentRead: true })).Count;
  const join = async (name: string) => {
    const socket = new WebSocket(`${chat.output('Chat', 'WebSocketURL')}?name=${name}`);
    const heard: unknown[] = [];
    socket.on('message', (data) => heard.push(JSON.parse(String(data))));
    // A connection that the kill ends reports it.
    socket.on('error', () => {});
    await once(socket, 'open');
    socket.send(JSON.stringify({ action: 'join', room: 'tea' }));
    await expect.poll(() => heard, LONG).toContainEqual({ event: 'joined', name, room: 'tea' });
    return { socket, heard };
  };
  await join('ann');
  await join('ben');
  expect(await count()).toBe(2);
  await chat.killAndRestart();
  await expect.poll(count, LONG).toBe(0);
  const cas = await join('cas');
  const dan = await join('dan');
  dan.socket.send(JSON.stringify({ action: 'say', text: 'hello' }));
  await expect.poll(() => cas.heard.at(-1), LONG).toEqual({ event: 'said', name: 'dan', text: 'hello' });
  for (const { socket } of [cas, dan]) socket.terminate();
  dynamodb.destroy();
});
