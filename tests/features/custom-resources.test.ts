import { expect, test } from 'vitest';
import { DeployedApp } from '../processes/deployed-app.js';

test('a provider of the CDK answers at once, or when its isComplete says so', async () => {
  await using deployed = await DeployedApp.deploy('tests/features/custom-resources/infra.ts');
  expect(['Site', 'Began', 'Asked', 'Upper'].map((name) => deployed.output('Custom', name))).toEqual([
    'site-shop',
    'Create',
    '3',
    'SHOP',
  ]);
});

test('a provider whose isComplete never says so fails when its time is up, with the reason of the framework', async () => {
  const env = { SITE_TIMES: '1000', SITE_TIMEOUT: '2' };
  const deployed = DeployedApp.deploy('tests/features/custom-resources/infra.ts', env);
  expect(await deployed.then(() => 'it was deployed', String)).toContain('Operation timed out');
});
