import { sValidator } from '@hono/standard-validator';
import { handle } from 'hono/aws-lambda';
import { Hono } from 'hono/tiny';
import { User } from './schema.js';

const app = new Hono();
app.post('/typed', sValidator('json', User), (c) => c.json({ username: c.req.valid('json').username }));

export const handler = handle(app);
