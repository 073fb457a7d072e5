import { handle } from 'hono/aws-lambda';
import { Hono } from 'hono/tiny';

const app = new Hono();
app.get('/users/:username', (c) => c.json({ username: c.req.param('username') }));
app.post('/users', async (c) => c.json({ username: (await c.req.json()).username }));
app.get('/health', (c) => c.json({ ok: true }));

export const handler = handle(app);
