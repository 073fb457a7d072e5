import { App } from 'goblet';
import { lambdaHandler } from 'goblet/lambda';
import { User } from './schema.js';

export const app = new App('benchmark');
app.post('/typed', { body: User }, ({ body }) => ({ username: body.username }));

export const handler = lambdaHandler(app, 'APIHandler');
