import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { Project } from '../story/project.js';
import { type Resources, resourcesOf } from './resources.js';
import { steadyLoad } from './steady-load.js';

/** How long it takes; `GOBLET_SOAK_MINUTES=3` for a first look. */
const MINUTES = Number(process.env.GOBLET_SOAK_MINUTES ?? 60);
const PER_SECOND = Number(process.env.GOBLET_SOAK_RATE ?? 200);
const USERS = 500;

interface Answer {
  readonly status: number;
  readonly body: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function call(method: string, url: string, body?: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json' };
    request(url, { method, agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      response.on('error', reject);
    })
      .on('error', reject)
      .end(body && JSON.stringify(body));
  });
}

function expectStatus(what: string, { status, body }: Answer, ...expected: number[]): void {
  if (!expected.includes(status)) throw new Error(`${what} answered ${status}: ${body}`);
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const rounded = ({ memory, descriptors, store }: Resources): string =>
  `${Math.round(memory)} MB, ${descriptors} descriptors, store ${store.toFixed(1)} MB`;

test.skipIf(process.platform !== 'linux')(
  `answers ${PER_SECOND} requests a second rightly for ${MINUTES} minutes, in flat memory (skipped where /proc is missing)`,
  async () => {
    await using project = new Project('soak');
    const cloud = await project.startCloud();
    const { outputs } = await project.deploy('WebApiDev');
    const { EndpointURL, UsersTableName } = outputs;
    const target = await project.clientConfig();
    const table = new DynamoDBClient(target);
    const queues = new SQSClient(target);
    const { QueueUrl } = await queues.send(new CreateQueueCommand({ QueueName: 'soak' }));

    /** Of ten requests four read a user, two write one, one lists, two ask DynamoDB itself, and one sends and takes a message. */
    const one = async (number: number) => {
      const username = `user${number % USERS}`;
      const url = `${EndpointURL}users/${username}`;
      switch (number % 10) {
        case 0: {
          const email = `${number}@example.com`;
          expectStatus('create', await call('POST', `${EndpointURL}users`, { username, email }), 201, 409);
          break;
        }
        case 1:
          expectStatus('update', await call('PUT', url, { email: 'john.doe@example.com' }), 200, 404);
          break;
        case 2:
          expectStatus('list', await call('GET', `${EndpointURL}users?limit=10`), 200);
          break;
        case 3: {
          const Item = { username: { S: `direct${number % USERS}` }, email: { S: `${number}@example.com` } };
          await table.send(new PutItemCommand({ TableName: UsersTableName, Item }));
          break;
        }
        case 4: {
          const Key = { username: { S: `direct${(number - 1) % USERS}` } };
          await table.send(new GetItemCommand({ TableName: UsersTableName, Key }));
          break;
        }
        case 5: {
          await queues.send(new SendMessageCommand({ QueueUrl, MessageBody: String(number) }));
          const { Messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl }));
          for (const { ReceiptHandle } of Messages)
            await queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
          break;
        }
        default: {
          const answer = await call('GET', url);
          expectStatus('read', answer, 200, 404);
          if (answer.status === 200) expect(JSON.parse(answer.body)).toMatchObject({ username });
        }
      }
    };

    const samples: Resources[] = [];
    const sample = () => samples.push(resourcesOf(cloud.pid, join(project.dataFolder, 'store')));
    sample();
    const sampling = setInterval(sample, Math.min(5_000, (MINUTES * 60_000) / 60));
    const load = await steadyLoad(PER_SECOND, MINUTES * 60_000, one);
    clearInterval(sampling);
    sample();

    const third = Math.floor(samples.length / 3);
    const memory = (from: number, to: number) => median(samples.slice(from, to).map((one) => one.memory));
    const middle = memory(third, 2 * third);
    const end = memory(2 * third, samples.length);
    const at = (part: number) => Math.round(load.times[Math.floor(part * (load.times.length - 1))] ?? Number.NaN);
    const marks = [0, third, 2 * third, samples.length - 1].flatMap((index) => samples[index] ?? []);
    console.log(
      [
        `${MINUTES} minutes: ${load.sent} sent, ${load.leftOut} left out, ${load.wrongCount} wrong`,
        `answers: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms`,
        `resident memory: median of the second third ${Math.round(middle)} MB, of the last ${Math.round(end)} MB`,
        `at the start, a third, two thirds, the end: ${marks.map(rounded).join(' | ')}`,
        ...load.wrong,
      ].join('\n'),
    );
    expect(load.wrong).toEqual([]);
    expect(load.sent).toBeGreaterThan(0.9 * PER_SECOND * MINUTES * 60);
    // What the garbage collector has left over at the moment moves by some megabytes either way.
    expect(end).toBeLessThan(1.1 * middle + 10);
  },
  MINUTES * 60_000 + 600_000,
);
