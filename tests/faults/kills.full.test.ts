import { expect, test } from 'vitest';
import { expectToSurviveKills, randomCounts } from './kills.js';

const WORKLOADS = ['functions', 'items', 'messages', 'objects', 'parameters', 'stacks', 'transactions', 'users'];

test('nothing acknowledged is lost and nothing is half done after 200 kills in the middle of mixed work', async () => {
  const { kills, acknowledged, restarts } = await expectToSurviveKills(randomCounts(200, 400));
  expect(kills).toBe(200);
  expect([...acknowledged.keys()].sort()).toEqual(WORKLOADS);
  const at = (part: number) => Math.round(restarts[Math.floor(part * (restarts.length - 1))] ?? 0);
  console.log(
    `${kills} kills after ${JSON.stringify(Object.fromEntries(acknowledged))} answers; restarts ${at(0.5)} ms median, ${at(0.95)} ms p95, ${at(1)} ms most`,
  );
}, 3_600_000);
