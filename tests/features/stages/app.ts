import { App, Router } from 'goblet';

const wait = async (gate: string | undefined) => {
  if (gate !== undefined) await fetch(gate);
};

/** What the environment says of the function that runs. */
const running = () => ({
  name: process.env.AWS_LAMBDA_FUNCTION_NAME,
  memory: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  trace: process.env._X_AMZN_TRACE_ID,
});

const reports = new Router();
reports.get('/running', running);
reports.get('/never', () => new Promise(() => setInterval(() => {}, 1000)));

const single = new Router();
single.get('/waits', async ({ query }) => {
  await wait(query.gate);
  return 'waited';
});

export const app = new App('stages', {
  env: { GREETING: String },
  cors: { origin: 'https://shop.example', headers: ['x-token'] },
});
app.get('/greeting', ({ env, event }) => ({
  greeting: env.GREETING,
  variables: (event as { stageVariables: unknown }).stageVariables,
}));
app.get('/running', running);
app.get('/fails/{how}', () => {
  throw new Error('on purpose');
});
app.get('/stream', { stream: true }, async function* ({ query }) {
  yield 'first,';
  await wait(query.gate);
  yield 'second';
});
app.get('/breaks', { stream: true }, async function* ({ query }) {
  yield 'first,';
  await wait(query.gate);
  throw new Error('half way');
});
app.mount('/reports', reports, { function: 'reports' });
app.mount('/single', single, { function: 'single' });
