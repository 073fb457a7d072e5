import { expect, test } from 'vitest';
import { Feature } from './feature.js';

test('resources that the cloud only records are deployed, and the terminal names them', async () => {
  const { terminal } = await Feature.deployed('Refused');
  expect(terminal).toMatch(/Only recorded here, nothing of it runs: AWS::EC2::InternetGateway, /);
});
