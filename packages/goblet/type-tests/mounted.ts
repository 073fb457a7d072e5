// The router of another file, mounted; an app whose variables all have a default; tests that set some of them.
import { App, queue } from 'goblet';
import { testClient } from 'goblet/testing';
import * as z from 'zod';
import { Goblet } from './construct.js';
import { everything, member, router } from './options.js';
import type { app } from './service.js';

everything.with({ tenant: () => 'one', more: () => 1 }).mount('/{team}', router);

export const client = testClient(everything, { env: { SIZE: '5' } });
export const called = client.call(member, { params: { id: '1' }, mount: { at: '/teams', params: { team: 'a' } } });

export const relaxed = new App('relaxed', {
  env: {
    PAGE_SIZE: z.coerce.number().default(20),
    LEVEL: z.enum(['low', 'high']).default('low'),
    COMMENT: z.string().optional(),
  },
});
relaxed.get('/', ({ env }) => {
  const level: 'low' | 'high' = env.LEVEL;
  return env.PAGE_SIZE.toFixed() + level + (env.COMMENT ?? '');
});
new Goblet<typeof relaxed>(null, 'Relaxed', { entry: 'x' });
new Goblet<typeof relaxed>(null, 'Relaxed', { entry: 'x', environment: { LEVEL: 'high' } });
new Goblet<typeof app>(null, 'WebApi', {
  entry: 'x',
  environment: { DYNAMODB_TABLE_NAME: 't' },
  sources: { jobs: { queueArn: 'a' } },
  auth: { user: { issuer: 'i' } },
});

/** A schema that refuses `undefined` only at run time is checked at synth. */
export const coerced = new App('coerced', { env: { SIZE: z.coerce.number() }, sources: { jobs: queue(z.string()) } });
new Goblet<typeof coerced>(null, 'Coerced', { entry: 'x', sources: { jobs: { queueArn: 'a' } } });
