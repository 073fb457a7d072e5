import { configure } from '@codegenie/serverless-express';
import express from 'express';

const app = express();
app.use(express.json());
app.get('/users/:username', (request, response) => response.json({ username: request.params.username }));
app.post('/users', (request, response) => response.json({ username: request.body.username }));
app.get('/health', (_request, response) => response.json({ ok: true }));

export const handler = configure({ app });
