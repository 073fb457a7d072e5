import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testCloud } from '../testing/index.js';
import { DIFFERENCES } from './differences.js';
import { localCloud, referenceFiles } from './index.js';

await using cloud = await testCloud();
const { context } = cloud;

test.each(Object.entries(referenceFiles(context)))(
  'docs/reference/%s says what the tables say; npm run docs:cloud writes it',
  (name, text) => {
    const page = new URL(`../../../../docs/reference/${name}`, import.meta.url);
    expect(readFileSync(page, 'utf8')).toBe(text);
  },
);

test('every resource type of AWS is simulated, recorded or refused', () => {
  const { resourceTypes } = localCloud(context);
  const recorded = resourceTypes.recorded.flatMap(({ types }) => types);
  const all = [...Object.keys(resourceTypes.simulated), ...recorded, ...resourceTypes.refused];
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBeGreaterThan(1400);
});

test('differences are of services that there are', () => {
  expect(Object.keys(DIFFERENCES).filter((name) => !context.services.has(name))).toEqual([]);
});

test('an operation that only refuses is not simulated', () => {
  const { simulated, refused } = localCloud(context).services.dynamodb?.operations ?? { simulated: [], refused: [] };
  expect(simulated).toContain('PutItem');
  expect(simulated).not.toContain('ListBackups');
  expect(refused).toContain('ListBackups');
});
