import { createRequire } from 'node:module';
import { App } from 'goblet';

export const app = new App('layers');
app.get('/greeting', () => ({ greeting: createRequire(import.meta.url)('greeter')('ann') }));
