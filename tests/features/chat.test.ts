import { once } from 'node:events';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { GOBLET, plainEnvironment } from '../processes/commands.js';
import { run } from '../processes/running-process.js';
import { Feature } from './feature.js';

let chat: Feature;
let dynamodb: DynamoDBClient;

beforeAll(async () => {
  chat = await Feature.deployed('Chat');
  dynamodb = new DynamoDBClient(chat.clientConfig);
});
afterAll(async () => {
  dynamodb?.destroy();
});

interface Member extends Disposable {
  readonly socket: WebSocket;
  readonly send: (message: object) => void;
  /** Everything that has arrived so far. */
  readonly heard: unknown[];
}

async function member(query: string): Promise<Member> {
  const socket = new WebSocket(`${chat.output('WebSocketURL')}${query}`);
  const heard: unknown[] = [];
  socket.on('message', (data) => heard.push(JSON.parse(String(data))));
  await once(socket, 'open');
  return {
    socket,
    heard,
    send: (message) => socket.send(JSON.stringify(message)),
    [Symbol.dispose]: () => socket.terminate(),
  };
}

/** Milliseconds: a function may have to start first. */
const LONG = { timeout: 30_000 };

const count = async () => (await dynamodb.send(new ScanCommand({ TableName: chat.output('MembersTableName') }))).Count;

test('members of a room hear each other, and nobody else does', async () => {
  using ann = await member('?name=ann');
  using ben = await member('?name=ben');
  using cas = await member('?name=cas');
  cas.send({ action: 'join', room: 'coffee' });
  ann.send({ action: 'join', room: 'tea' });
  await expect.poll(() => ann.heard, LONG).toEqual([{ event: 'joined', name: 'ann', room: 'tea' }]);
  ben.send({ action: 'join', room: 'tea' });
  await expect.poll(() => ann.heard, LONG).toContainEqual({ event: 'joined', name: 'ben', room: 'tea' });
  ann.send({ action: 'say', text: 'hello' });
  await expect.poll(() => ben.heard.at(-1), LONG).toEqual({ event: 'said', name: 'ann', text: 'hello' });
  ben.socket.close();
  await expect.poll(() => ann.heard.at(-1), LONG).toEqual({ event: 'left', name: 'ben' });
  expect(cas.heard).toEqual([{ event: 'joined', name: 'cas', room: 'coffee' }]);
  for (const each of [ann, cas]) each.socket.close();
  await expect.poll(count, LONG).toBe(0);
});

test('a member without a name is refused with the status of the handler', async () => {
  await expect(member('')).rejects.toThrow('Unexpected server response: 400');
  expect(await count()).toBe(0);
});

test('goblet url prints the address that clients connect to', async () => {
  const { output } = await run(
    process.execPath,
    [GOBLET, 'exec', '--data', chat.dataFolder, '--', process.execPath, GOBLET, 'url'],
    { cwd: chat.dataFolder, env: plainEnvironment },
  );
  expect(output).toContain(chat.output('WebSocketURL'));
});
