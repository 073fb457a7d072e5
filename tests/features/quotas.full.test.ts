import { expect, test } from 'vitest';
import { DeployedApp } from '../processes/deployed-app.js';

const INFRA = 'tests/features/quotas/infra.ts';

test('an app beyond a quota deploys nowhere unless the quota was raised, as the warning at synth says', async () => {
  const deployed = DeployedApp.deploy(INFRA);
  const output = await deployed.then(() => 'it was deployed', String);
  expect(output).toMatch(/WARNING the paths make 310 resources .*GET \/r299 is the first over the quota/);
  expect(output).toMatch(/WARNING the app has 310 routes .*GET \/r150 is the first over the quota/);
  expect(output).toMatch(
    /Maximum number of (Resources for this API has been reached\. {2}|Routes for this API has been reached\. )Please contact AWS/,
  );
});

test('an app beyond a quota that was raised is deployed whole, without a warning once that is acknowledged', async () => {
  const raised = ['resources-per-rest-api=400', 'routes-per-http-api=400'].flatMap((quota) => ['--quota', quota]);
  await using app = await DeployedApp.deploy(INFRA, { RAISED: 'yes' }, { cloud: raised, cdk: ['--strict'] });
  for (const [stack, last] of [
    ['resources', 308],
    ['routes', 154],
  ] as const) {
    const answer = await fetch(`${app.output(stack)}r${last}`);
    expect([answer.status, await answer.json()]).toEqual([200, last]);
  }
});
