import { App, allow, apiKey, authorizer, cognito, iam } from 'goblet';
import * as z from 'zod';

let asked = 0;
const count = () => {
  asked += 1;
  return String(asked);
};

export const app = new App('guards', {
  auth: {
    kept: authorizer(
      ({ token }) =>
        token === 'open sesame' || token === 'me too' ? allow('ann', { context: { asked: count() } }) : undefined,
      { type: 'TOKEN', ttl: 60 },
    ),
    narrow: authorizer(({ token }) => (token === 'reader' ? allow('ben', { routes: ['GET /narrow/*'] }) : undefined), {
      header: 'X-Token',
      ttl: 60,
    }),
    fresh: authorizer(
      ({ query, path }) =>
        query.who === undefined ? undefined : allow(query.who, { context: { asked: count(), path } }),
      { ttl: 0 },
    ),
    signed: iam(),
    key: apiKey(),
    user: cognito(z.object({ sub: z.string() })),
  },
});

app.get('/kept', { auth: 'kept' }, ({ auth }) => auth);
app.get('/narrow/{id}', { auth: 'narrow' }, ({ auth }) => auth.principalId);
app.post('/narrow/{id}', { auth: 'narrow' }, ({ auth }) => auth.principalId);
app.get('/fresh', { auth: 'fresh' }, ({ auth }) => auth);
app.get('/signed', { auth: 'signed' }, ({ auth }) => auth);
app.post('/signed', { auth: 'signed' }, ({ auth }) => auth);
app.get('/key', { auth: 'key' }, ({ auth }) => auth);
app.get('/user', { auth: 'user' }, ({ auth }) => auth.sub);
app.get('/open', () => 'open');
