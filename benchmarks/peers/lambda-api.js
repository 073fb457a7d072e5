import createApi from 'lambda-api';

const api = createApi();
api.get('/users/:username', (request) => ({ username: request.params.username }));
api.post('/users', (request) => ({ username: request.body.username }));
api.get('/health', () => ({ ok: true }));

export const handler = async (event, context) => api.run(event, context);
