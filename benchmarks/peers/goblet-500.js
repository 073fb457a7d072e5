import { App } from 'goblet';
import { lambdaHandler } from 'goblet/lambda';

export const app = new App('benchmark');
for (let i = 0; i < 500; i++) app.get(`/things${i}/{id}`, ({ params }) => ({ id: params.id }));
app.get('/users/{username}', ({ params }) => ({ username: params.username }));

export const handler = lambdaHandler(app, 'APIHandler');
