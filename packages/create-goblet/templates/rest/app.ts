import { App } from 'goblet';
import * as z from 'zod';

const Greeting = z.object({ greeting: z.string() });

export const app = new App('{{name}}', {
  env: { GREETING: String },
});

export const greet = app.get(
  '/greetings/{name}',
  { response: Greeting, summary: 'Greet somebody' },
  ({ params, env }) => ({
    greeting: `${env.GREETING}, ${params.name}!`,
  }),
);
