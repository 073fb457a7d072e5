import { App, allow, authorizer, iam, jwt } from 'goblet';
import * as z from 'zod';

export const app = new App('http-features', {
  api: 'http',
  env: { GREETING: String },
  cors: { origin: ['https://shop.example', 'https://admin.example'], headers: ['authorization'], maxAge: 60 },
  auth: {
    user: jwt(z.object({ sub: z.string(), level: z.string().optional() })),
    signed: iam(),
    own: authorizer(({ token }) => (token === 'secret' ? allow('ann', { context: { role: 'admin' } }) : undefined), {
      header: 'X-Token',
      ttl: 60,
    }),
  },
});

app.get('/greeting/{name}', ({ env, params, event }) => ({
  greeting: `${env.GREETING} ${params.name}`,
  variables: (event as { stageVariables?: unknown }).stageVariables ?? null,
}));
app.get('/me', { auth: 'user' }, ({ auth }) => auth);
app.get('/orders', { auth: 'user', scopes: ['orders:read', 'orders:all'] }, ({ auth }) => auth.sub);
app.get('/signed', { auth: 'signed' }, ({ auth }) => auth);
app.get('/own', { auth: 'own' }, ({ auth }) => auth);
