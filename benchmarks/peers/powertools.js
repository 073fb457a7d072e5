import { Router } from '@aws-lambda-powertools/event-handler/http';

const app = new Router();
app.get('/users/:username', ({ params }) => ({ username: params.username }));
app.post('/users', async ({ req }) => ({ username: (await req.json()).username }));
app.get('/health', () => ({ ok: true }));

export const handler = async (event, context) => app.resolve(event, context);
