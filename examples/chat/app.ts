import { App, ConnectionGone, reply, websocket } from 'goblet';
import * as z from 'zod';
import { type Member, membersTable } from './members.js';

const Join = z.object({ action: z.literal('join'), room: z.string().min(1).max(80) });
const Say = z.object({ action: z.literal('say'), text: z.string().min(1).max(2000) });

export const app = new App('chat', {
  env: { MEMBERS_TABLE_NAME: String },
  sources: { chat: websocket({ join: Join, say: Say }) },
  setup: ({ env }) => ({ members: membersTable(env.MEMBERS_TABLE_NAME) }),
});

app.on('chat', async ({ records: [event], deps: { members } }) => {
  const { connectionId, connections } = event;

  /** Sends to everybody in a room. A connection that is gone without a word leaves the table too. */
  const tell = async (room: string, message: object): Promise<void> => {
    await Promise.all(
      (await members.inRoom(room)).map((member) =>
        connections.send(member.connectionId, message).catch((error: unknown) => {
          if (error instanceof ConnectionGone) return members.remove(member.connectionId);
          throw error;
        }),
      ),
    );
  };
  const leave = async ({ room, name }: Member): Promise<void> => {
    if (room !== undefined) await tell(room, { event: 'left', name });
  };

  if (event.kind === 'connect') {
    const { name } = event.query;
    if (!name) return reply(400);
    await members.put({ connectionId, name });
    return;
  }
  if (event.kind === 'disconnect') {
    const gone = await members.remove(connectionId);
    if (gone) await leave(gone);
    return;
  }
  const member = await members.find(connectionId);
  if (member === undefined) return;
  if (event.routeKey === 'join') {
    const { room } = event.body;
    await members.put({ connectionId, name: member.name, room });
    if (member.room !== room) await leave(member);
    await tell(room, { event: 'joined', name: member.name, room });
  } else if (member.room === undefined) {
    await connections.send(connectionId, { event: 'error', text: 'Join a room first' });
  } else {
    await tell(member.room, { event: 'said', name: member.name, text: event.body.text });
  }
});
