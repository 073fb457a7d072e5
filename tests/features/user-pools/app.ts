import { App, cognito } from 'goblet';
import { z } from 'zod';

export const app = new App('people', {
  auth: { user: cognito(z.object({ sub: z.string(), email: z.string() })) },
});

app.get('/me', { auth: 'user' }, ({ auth }) => ({ email: auth.email }));
