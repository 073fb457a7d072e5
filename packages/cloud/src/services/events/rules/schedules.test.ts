import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DisableRuleCommand } from '@aws-sdk/client-eventbridge';
import { expect, onTestFinished, test } from 'vitest';
import type { CloudOptions } from '../../../cloud.js';
import { lambdaCloud } from '../../lambda/fixtures/lambda-cloud.js';
import { eventsCloud, queueArn, ruleArn } from '../fixtures/events-cloud.js';

const MINUTELY = { ScheduleExpression: 'rate(1 minute)' };

test('a schedule fires each time it is due, with the event of AWS', async () => {
  await using cloud = await eventsCloud();
  await cloud.queue('ticks', 'minutely');
  await cloud.rule('minutely', MINUTELY);
  await cloud.targets('minutely', { Id: 'queue', Arn: queueArn('ticks') });
  const ticks: { time: string }[] = [];
  const count = async () => ticks.push(...(await cloud.bodies('ticks')).map((body) => JSON.parse(body)));
  expect(await count()).toBe(0);
  cloud.pass(60);
  await expect.poll(count, { timeout: 5000 }).toBe(1);
  cloud.pass(60);
  await expect.poll(count, { timeout: 5000 }).toBe(2);
  expect(ticks[0]).toEqual({
    version: '0',
    id: expect.any(String),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: '000000000000',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    region: 'eu-west-1',
    resources: [ruleArn('minutely')],
    detail: {},
  });
  expect(Date.parse(ticks[1]?.time ?? '') - Date.parse(ticks[0]?.time ?? '')).toBe(60_000);
});

test('a disabled schedule does not fire', async () => {
  await using cloud = await eventsCloud();
  for (const name of ['off', 'on']) {
    await cloud.queue(name, name);
    await cloud.rule(name, MINUTELY);
    await cloud.targets(name, { Id: 'queue', Arn: queueArn(name) });
  }
  await cloud.client.send(new DisableRuleCommand({ Name: 'off' }));
  cloud.pass(60);
  await expect.poll(() => cloud.bodies('on'), { timeout: 5000 }).toHaveLength(1);
  expect(await cloud.bodies('off')).toEqual([]);
});

test('a schedule is there again after a restart, and counts on from where it began', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'events-'));
  onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
  const start = Date.now();
  {
    await using cloud = await eventsCloud({ ephemeral: false, dataFolder, now: () => start });
    await cloud.queue('ticks', 'minutely');
    await cloud.rule('minutely', MINUTELY);
    await cloud.targets('minutely', { Id: 'queue', Arn: queueArn('ticks') });
  }
  let now = start + 90_000;
  await using cloud = await eventsCloud({ ephemeral: false, dataFolder, now: () => now });
  now = start + 120_000;
  const ticks: { time: string }[] = [];
  await expect
    .poll(async () => ticks.push(...(await cloud.bodies('ticks')).map((body) => JSON.parse(body))), { timeout: 5000 })
    .toBe(1);
  expect(ticks[0]?.time).toBe(`${new Date(start + 120_000).toISOString().slice(0, 19)}Z`);
});

/** A cloud of functions that say what they got, and let one rule invoke them. */
async function functionCloud(rule: string, options: CloudOptions = {}) {
  const cloud = await lambdaCloud({ iam: 'enforce', ...options });
  const call = (service: string, operation: string, input: object) =>
    cloud.context.dispatch(service, operation, input, {
      account: '000000000000',
      region: 'eu-west-1',
      principal: { kind: 'root', account: '000000000000' },
      requestId: '1',
      sourceIp: '127.0.0.1',
    });
  return {
    ...cloud,
    call,
    target: async (name: string, input: object) => {
      const source = `export const handler = async (event) => console.log('GOT ' + event.source + ' in ${name} of ' + process.env._X_AMZN_TRACE_ID);`;
      await cloud.create(name, source);
      await call('events', 'PutRule', { Name: name, ...input });
      const Arn = `arn:aws:lambda:eu-west-1:000000000000:function:${name}`;
      await call('events', 'PutTargets', { Rule: name, Targets: [{ Id: 'function', Arn }] });
      await call('lambda', 'AddPermission', {
        FunctionName: name,
        StatementId: 'rule',
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceArn: ruleArn(rule),
      });
    },
    log: () => cloud.events.flatMap((event) => (event.kind === 'log' ? [event.message] : [])).join(''),
  };
}

test('a schedule invokes its function', async () => {
  let ahead = 0;
  await using cloud = await functionCloud('nightly', { now: () => Date.now() + ahead });
  await cloud.target('nightly', MINUTELY);
  ahead = 60_000;
  await expect.poll(cloud.log, { timeout: 5000 }).toContain('GOT aws.events in nightly');
});

test('a function is invoked where it lets EventBridge do so for this rule, and else the denial is told', async () => {
  await using cloud = await functionCloud('open');
  for (const name of ['closed', 'open']) await cloud.target(name, { EventPattern: '{"source":["shop"]}' });
  await cloud.call('events', 'PutEvents', { Entries: [{ Source: 'shop', DetailType: 'x', Detail: '{}' }] });
  await expect.poll(cloud.log).toContain('GOT shop in open');
  const denial = { kind: 'accessDenied', action: 'lambda:InvokeFunction', resource: expect.stringMatching(/:closed$/) };
  await expect.poll(() => cloud.events).toContainEqual(expect.objectContaining(denial));
  expect(cloud.log()).not.toContain('in closed');
});

// As AWS was recorded to do (test_xray_trace_propagation).
test('the trace of an event goes on into the function that is invoked for it', async () => {
  await using cloud = await functionCloud('open');
  await cloud.target('open', { EventPattern: '{"source":["shop"]}' });
  const TraceHeader = 'Root=1-67f4141f-e1cd7672871da115129f8b19;Parent=d0ee9531727135a0;Sampled=1';
  const entry = { Source: 'shop', DetailType: 'x', Detail: '{}', TraceHeader };
  await cloud.call('events', 'PutEvents', { Entries: [entry] });
  await expect.poll(cloud.log).toContain(`GOT shop in open of ${TraceHeader}`);
});
