import { it } from 'vitest';
import { expectToSurviveKills } from './fixtures/kill.js';

it(
  'has every acknowledged write and no half of any, however it is killed',
  () => expectToSurviveKills([30, 400]),
  60_000,
);
