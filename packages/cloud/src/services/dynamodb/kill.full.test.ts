import { it } from 'vitest';
import { expectToSurviveKills } from './fixtures/kill.js';

it(
  'survives many kills',
  () => expectToSurviveKills(Array.from({ length: 25 }, (_, round) => 1 + round * 37)),
  600_000,
);
