import { App, defineError, NotFound } from 'goblet';
import * as z from 'zod';
import { type UsersTable, usersTable } from './users.js';

export const User = z.object({ username: z.string().min(1).max(64), email: z.email() });
export const UserChange = User.omit({ username: true });
export const UserPage = z.object({ items: z.array(User), next: z.string().optional() });
const PageQuery = z.object({ limit: z.coerce.number().int().min(1).max(100).default(20), next: z.string().optional() });

export class UserExists extends defineError('USER_EXISTS', 409, 'The user exists') {}
export class InvalidPageToken extends defineError('INVALID_PAGE_TOKEN', 422, 'The page token is not one of ours') {}

export interface Deps {
  readonly users: UsersTable;
}

export const app = new App('web-api', {
  env: { DYNAMODB_TABLE_NAME: String },
  setup: ({ env }): Deps => ({ users: usersTable(env.DYNAMODB_TABLE_NAME) }),
});

export const createUser = app.post(
  '/users',
  { body: User, response: User, status: 201, errors: [UserExists], summary: 'Create a user' },
  async ({ body, deps }) => {
    if (!(await deps.users.create(body))) throw new UserExists(body.username);
    return body;
  },
);

export const getUser = app.get(
  '/users/{username}',
  { response: User, errors: [NotFound], summary: 'Read a user' },
  async ({ params, deps }) => {
    const user = await deps.users.find(params.username);
    if (user === undefined) throw new NotFound(params.username);
    return user;
  },
);

export const updateUser = app.put(
  '/users/{username}',
  { body: UserChange, response: User, errors: [NotFound], summary: 'Change a user' },
  async ({ params, body, deps }) => {
    const user = { username: params.username, ...body };
    if (!(await deps.users.replace(user))) throw new NotFound(params.username);
    return user;
  },
);

export const deleteUser = app.delete(
  '/users/{username}',
  { summary: 'Delete a user, or one who is not there' },
  async ({ params, deps }) => {
    await deps.users.remove(params.username);
  },
);

export const listUsers = app.get(
  '/users',
  { query: PageQuery, response: UserPage, errors: [InvalidPageToken], summary: 'List users, page by page' },
  async ({ query, deps }) => {
    const page = await deps.users.list(query.limit, query.next);
    if (page === 'invalid token') throw new InvalidPageToken();
    return page;
  },
);
