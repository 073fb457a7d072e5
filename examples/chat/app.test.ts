import { testClient } from 'goblet/testing';
import { expect, test } from 'vitest';
import { app } from './app.js';
import type { Member, MembersTable } from './members.js';

function fakeMembers(): MembersTable {
  const members = new Map<string, Member>();
  return {
    put: async (member) => void members.set(member.connectionId, member),
    find: async (id) => members.get(id),
    remove: async (id) => {
      const member = members.get(id);
      members.delete(id);
      return member;
    },
    inRoom: async (room) => [...members.values()].filter((member) => member.room === room),
  };
}

test('a member without a name is refused', async () => {
  await using client = testClient(app, { deps: { members: fakeMembers() } });
  expect(await client.send('chat', { kind: 'connect' })).toMatchObject({ statusCode: 400 });
});

test('what a member says reaches the room, and nobody else', async () => {
  await using client = testClient(app, { deps: { members: fakeMembers() } });
  for (const [connectionId, room] of [
    ['ann', 'tea'],
    ['ben', 'tea'],
    ['cas', 'coffee'],
  ] as const) {
    await client.send('chat', { kind: 'connect', connectionId, query: { name: connectionId } });
    await client.send('chat', { kind: 'message', connectionId, routeKey: 'join', body: { action: 'join', room } });
  }
  const before = client.posted.length;
  const body = { action: 'say', text: 'hello' } as const;
  await client.send('chat', { kind: 'message', connectionId: 'ann', routeKey: 'say', body });
  const data = { event: 'said', name: 'ann', text: 'hello' };
  expect(client.posted.slice(before)).toEqual([
    { connectionId: 'ann', data },
    { connectionId: 'ben', data },
  ]);
});
