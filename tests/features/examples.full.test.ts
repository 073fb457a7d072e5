import { expect, test } from 'vitest';
import { DeployedApp } from '../processes/deployed-app.js';

test('the example chat is deployed by its own CDK app', async () => {
  await using app = await DeployedApp.deploy('examples/chat/infra/app.ts');
  expect(app.output('Chat', 'WebSocketURL')).toMatch(/^ws:/);
});
