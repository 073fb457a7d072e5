import awsLambdaFastify from '@fastify/aws-lambda';
import Fastify from 'fastify';

const app = Fastify();
app.get('/users/:username', async (request) => ({ username: request.params.username }));
app.post('/users', async (request) => ({ username: request.body.username }));
app.get('/health', async () => ({ ok: true }));

const proxy = awsLambdaFastify(app);
export const handler = async (event, context) => proxy(event, context);
