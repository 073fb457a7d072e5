import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type TestCloud, testCloud } from '../../packages/cloud/src/testing/index.js';
import { sdkAsker } from './clients.js';
import type { RecordedService } from './recorded-case.js';
import { runCase } from './run-case.js';

const folder = new URL('./cases/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
const services = await Promise.all(
  files.map(
    async (file) => ((await import(new URL(file, folder).href)) as { readonly default: RecordedService }).default,
  ),
);

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await testCloud();
});
afterAll(() => cloud.close());

let accounts = 200000000000;

describe.each(services)('AWS, asked about $service:', ({ service, cases }) => {
  for (const one of cases) {
    // Each case has an account of its own, so that none meets what another made.
    test.concurrent(`${one.name} (${one.recorded})`, async () => {
      const account = String(++accounts);
      const asker = sdkAsker(cloud.clientConfig({ account, region: 'us-east-1' }));
      try {
        await runCase(one, service, account, asker);
      } finally {
        asker.close();
      }
    });
  }
});
