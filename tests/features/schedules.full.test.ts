import { expect, test } from 'vitest';
import { DeployedApp } from '../processes/deployed-app.js';

// It takes the minute that the shortest rate has.
test('a deployed schedule fires while the cloud runs', { timeout: 180_000 }, async () => {
  await using app = await DeployedApp.deploy('tests/features/events/infra.ts');
  const fired = /minutely at (20\d\d-\S+Z)/;
  await expect.poll(() => app.cloud.output, { timeout: 90_000, interval: 500 }).toMatch(fired);
  const [, time = ''] = fired.exec(app.cloud.output) ?? [];
  expect(Math.abs(Date.now() - Date.parse(time))).toBeLessThan(30_000);
});
