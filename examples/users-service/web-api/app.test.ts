import { testClient } from 'goblet/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { app, createUser, deleteUser, getUser, listUsers, updateUser } from './app.js';
import { openPageToken, sealPageToken } from './page-token.js';
import type { User, UsersTable } from './users.js';

/** The table as a Map, in order of name. */
function fakeUsers(): UsersTable {
  const users = new Map<string, User>();
  const has = (user: User) => users.has(user.username);
  const set = (user: User) => users.set(user.username, user) === users;
  return {
    create: async (user) => !has(user) && set(user),
    replace: async (user) => has(user) && set(user),
    find: async (username) => users.get(username),
    remove: async (username) => void users.delete(username),
    list: async (limit, token) => {
      const after = token === undefined ? '' : openPageToken(token, 'fake');
      if (after === undefined) return 'invalid token';
      const inOrder = [...users.values()].sort((a, b) => (a.username < b.username ? -1 : 1));
      const rest = inOrder.filter(({ username }) => username > after);
      const items = rest.slice(0, limit);
      const last = items.at(-1);
      return rest.length > limit && last ? { items, next: sealPageToken(last.username, 'fake') } : { items };
    },
  };
}

const ann = { username: 'ann', email: 'ann@example.com' };
const bob = { username: 'bob', email: 'bob@example.com' };

const start = () => testClient(app, { deps: { users: fakeUsers() } });
let client: ReturnType<typeof start>;
beforeEach(() => {
  client = start();
});
afterEach(() => client[Symbol.asyncDispose]());

test('creates a user', async () => {
  expect(await client.call(createUser, { body: ann })).toMatchObject({ status: 201, body: ann });
  expect(await client.call(getUser, { params: { username: 'ann' } })).toMatchObject({ status: 200, body: ann });
});

test('refuses a second user of the same name', async () => {
  await client.call(createUser, { body: ann });
  expect(await client.call(createUser, { body: ann })).toMatchObject({ status: 409, body: { code: 'USER_EXISTS' } });
});

test('names the field of a bad email address', async () => {
  const response = await client.call(createUser, { body: { ...ann, email: 'nobody' } });
  expect(response).toMatchObject({ status: 422 });
  expect(JSON.stringify(response.body)).toContain('email');
});

test('answers 404 for a user who is not there', async () => {
  expect(await client.call(getUser, { params: { username: 'ann' } })).toMatchObject({ status: 404 });
  const change = { params: { username: 'ann' }, body: { email: 'a@example.com' } };
  expect(await client.call(updateUser, change)).toMatchObject({ status: 404 });
});

test('changes a user', async () => {
  await client.call(createUser, { body: ann });
  const changed = { ...ann, email: 'new@example.com' };
  const response = await client.call(updateUser, { params: { username: 'ann' }, body: { email: 'new@example.com' } });
  expect(response).toMatchObject({ status: 200, body: changed });
  expect(await client.call(getUser, { params: { username: 'ann' } })).toMatchObject({ body: changed });
});

test('deletes a user, and one who is gone already', async () => {
  await client.call(createUser, { body: ann });
  expect(await client.call(deleteUser, { params: { username: 'ann' } })).toMatchObject({ status: 204 });
  expect(await client.call(deleteUser, { params: { username: 'ann' } })).toMatchObject({ status: 204 });
  expect(await client.call(getUser, { params: { username: 'ann' } })).toMatchObject({ status: 404 });
});

test('lists users page by page', async () => {
  await client.call(createUser, { body: bob });
  await client.call(createUser, { body: ann });
  const first = await client.call(listUsers, { query: { limit: 1 } });
  if (first.status !== 200) throw new Error(`status ${first.status}`);
  expect(first.body.items).toEqual([ann]);
  const second = await client.call(listUsers, { query: { limit: 1, next: first.body.next } });
  expect(second).toMatchObject({ status: 200, body: { items: [bob] } });
  expect(second.body).not.toHaveProperty('next');
});

test.each([0, 101, 'many'])('refuses a limit of %s', async (limit) => {
  expect(await client.call(listUsers, { query: { limit } })).toMatchObject({ status: 422 });
});

test('refuses a page token that was tampered with', async () => {
  expect(await client.call(listUsers, { query: { next: `${sealPageToken('ann', 'fake')}x` } })).toMatchObject({
    status: 422,
    body: { code: 'INVALID_PAGE_TOKEN' },
  });
});
