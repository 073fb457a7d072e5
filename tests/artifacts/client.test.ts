import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { project } from '../../packages/build/src/fixtures/project.js';
import { GOBLET, plainEnvironment, root } from '../processes/commands.js';

const APP = `import { App, cognito, defineError, NotFound } from 'goblet';
import * as z from 'zod';

export const User = z.object({ name: z.string(), level: z.number().default(1) });
export class UserExists extends defineError('USER_EXISTS', 409, 'The user exists') {}
export class NameReserved extends defineError('NAME_RESERVED', 409, 'The name is reserved') {}
// Named as what the client is made of.
export const Client = z.object({ id: z.string() });
export const paths = z.object({ id: z.string() });

export const app = new App('user-names', { auth: { user: cognito(z.object({ sub: z.string() })) } });
export const createUser = app.post(
  '/users',
  { body: User, response: User, status: 201, errors: [UserExists, NameReserved] },
  ({ body }) => body,
);
export const readUser = app.get('/users/{name}', { auth: 'user', response: User, errors: [NotFound] }, ({ params }) => params);
app.post('/clients', { body: Client, response: paths }, ({ body }) => body);
`;

/** Right as it stands, but for what an expected error is written above. */
const SAMPLE = `import { type Client, createUserNamesClient, type Paths, type User, type UserInput } from './client.js';

const client = createUserNamesClient('https://api.example/v1/', { headers: { authorization: 'token' } });

const { data: user, error, response } = await client.POST('/users', { body: { name: 'ann' } satisfies UserInput });
if (error === undefined) {
  const { level }: User = user;
  level satisfies number;
} else if (error.code === 'USER_EXISTS' || error.code === 'NAME_RESERVED') {
  error.status satisfies 409;
  error.title satisfies 'The user exists' | 'The name is reserved';
  error.detail satisfies string | undefined;
  // @ts-expect-error what does not match is told with UNPROCESSABLE_CONTENT alone
  error.errors;
} else if (error.code === 'UNPROCESSABLE_CONTENT') {
  for (const { in: place, path, message } of error.errors ?? []) {
    place satisfies 'body' | 'query' | 'params' | 'headers';
    [...path, message] satisfies (string | number)[];
  }
} else {
  // With every other code ruled out, these are left.
  error.code satisfies 'BAD_REQUEST' | 'UNSUPPORTED_MEDIA_TYPE';
  error.status satisfies 400 | 415;
}
response.status satisfies number;
// @ts-expect-error no such code
if (error?.code === 'USER_EXIST') response.headers;

const { error: missing } = await client.GET('/users/{name}', { params: { path: { name: 'ann' } } });
missing?.code satisfies 'NOT_FOUND' | 'UNAUTHORIZED' | undefined;
// @ts-expect-error this route does not declare it
if (missing?.code === 'USER_EXISTS') response.headers;

// @ts-expect-error a body is needed
client.POST('/users', {});
// @ts-expect-error of the schema
client.POST('/users', { body: { nome: 'ann' } });
// @ts-expect-error the path has a variable
client.GET('/users/{name}');
// @ts-expect-error the path has no such method
client.DELETE('/users');
// @ts-expect-error there is no such path
client.GET('/user');

const { data } = await client.POST('/clients', { body: { id: 'a' } satisfies Client });
data satisfies Paths | undefined;
`;

const TSCONFIG = {
  compilerOptions: {
    ...{
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      module: 'nodenext',
      target: 'es2023',
      lib: ['es2023', 'dom'],
      types: [],
    },
    ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noPropertyAccessFromIndexSignature: true },
  },
  include: ['client.ts', 'sample.ts'],
};

test('a generated client has a type for each schema, and for each error of each route its code', {
  timeout: 120_000,
}, () => {
  using service = project({ 'app.ts': APP, 'sample.ts': SAMPLE, 'tsconfig.json': JSON.stringify(TSCONFIG) });
  const options = { cwd: service.folder, env: plainEnvironment, encoding: 'utf8' } as const;
  const generated = spawnSync(process.execPath, [GOBLET, 'client', 'client.ts'], options);
  expect(generated.stderr).toBe('client.ts: 3 routes of user-names\n');
  for (const compiler of ['typescript-5.9', 'typescript', 'typescript-7.0']) {
    const tsc = join(root, 'node_modules', compiler, 'bin', 'tsc');
    expect(spawnSync(process.execPath, [tsc, '-p', '.'], options).stdout, compiler).toBe('');
  }
});
