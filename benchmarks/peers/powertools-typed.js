import { Router } from '@aws-lambda-powertools/event-handler/http';
import { User } from './schema.js';

const app = new Router();
app.post('/typed', ({ valid }) => ({ username: valid.req.body.username }), { validation: { req: { body: User } } });

export const handler = async (event, context) => app.resolve(event, context);
