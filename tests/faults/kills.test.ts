import { expect, test } from 'vitest';
import { expectToSurviveKills, randomCounts } from './kills.js';

test('nothing acknowledged is lost and nothing is half done after 3 kills in the middle of mixed work', async () => {
  const { kills } = await expectToSurviveKills(randomCounts(3, 300));
  expect(kills).toBe(3);
});
