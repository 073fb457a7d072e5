import { App } from 'goblet';
import { lambdaHandler } from 'goblet/lambda';

export const app = new App('benchmark');
app.get('/users/{username}', ({ params }) => ({ username: params.username }));
app.post('/users', ({ body }) => ({ username: body.username }));
app.get('/health', () => ({ ok: true }));

export const handler = lambdaHandler(app, 'APIHandler');
