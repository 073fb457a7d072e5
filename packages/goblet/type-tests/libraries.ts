// Valibot and ArkType through the same surface; a router mounted twice; a handle that another package may import.
import { type } from 'arktype';
import { App, Router } from 'goblet';
import * as v from 'valibot';

const app = new App('x', { setup: () => ({ a: 1 }) });
app.post(
  '/v',
  { body: v.object({ n: v.pipe(v.string(), v.transform(Number)) }), response: v.object({ n: v.number() }) },
  ({ body }) => ({ n: body.n }),
);
app.post('/a', { body: type({ n: 'number' }), response: type({ n: 'number' }) }, ({ body }) => ({ n: body.n }));

const router = new Router<{ deps: { a: number } }>();
router.get('/x', ({ deps }) => deps.a);
app.mount('/1', router);
app.mount('/2', router);

app.use(async (request, next) => {
  request.deps.a.toFixed();
  return next();
});

export const handle = app.get('/q/{id}', ({ params }) => ({ id: params.id }));
