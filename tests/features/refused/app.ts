import { App, cognito } from 'goblet';
import * as z from 'zod';

export const app = new App('refused', { auth: { user: cognito(z.object({ sub: z.string() })) } });
app.get('/me', { auth: 'user' }, ({ auth }) => auth.sub);
