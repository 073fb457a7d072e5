import { expect, test } from 'vitest';
import { DeployedApp } from '../processes/deployed-app.js';

test.each([
  ['chat', 'Chat', 'WebSocketURL'],
  ['order-flow', 'OrderFlow', 'EndpointURL'],
])('the example %s is deployed by its own CDK app', async (example, stack, output) => {
  await using app = await DeployedApp.deploy(`examples/${example}/infra/app.ts`);
  expect(app.output(stack, output)).toMatch(/^(http|ws):/);
});
