import { expect, test } from 'vitest';
import { timeOf, wallTime } from './time-zone.js';

const at = (text: string): number => Date.parse(`${text}Z`);

test.each([
  ['2026-01-15T09:00', 'Europe/Berlin', '2026-01-15T08:00'],
  ['2026-07-15T09:00', 'Europe/Berlin', '2026-07-15T07:00'],
  ['2026-07-15T09:00', 'America/New_York', '2026-07-15T13:00'],
  ['2026-07-15T09:00', 'UTC', '2026-07-15T09:00'],
  ['2026-07-15T09:00', 'Asia/Kolkata', '2026-07-15T03:30'],
  // The clock goes from 2:00 to 3:00.
  ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30'],
  // The clock shows it twice.
  ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30'],
])('%s in %s is %s in UTC', (wall, zone, utc) => {
  expect(new Date(timeOf(at(wall), zone)).toISOString().slice(0, 16)).toBe(utc);
});

test('the clock of a zone is read', () => {
  expect(wallTime(at('2026-07-15T07:00'), 'Europe/Berlin')).toBe(at('2026-07-15T09:00'));
});
