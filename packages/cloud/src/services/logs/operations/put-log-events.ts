import { logAccess } from '../log-access.js';
import { GROUP, invalidParameter, STREAM } from '../log-input.js';
import { logsOperation } from '../service-state.js';

/** Milliseconds that an event may be ahead of now, and behind. */
const AHEAD = 2 * 3_600_000;
const BEHIND = 14 * 86_400_000;
const MAX_EVENTS = 10_000;
const MAX_BYTES = 1_048_576;
const OVERHEAD = 26;

export const putLogEvents = logsOperation({
  name: 'PutLogEvents',
  limits: {
    logGroupName: GROUP,
    logStreamName: STREAM,
    logEvents: { min: 1, max: MAX_EVENTS, each: { members: { timestamp: { min: 0 }, message: { min: 1 } } } },
  },
  parse: ({ logGroupName: group, logStreamName: stream, logEvents: events }) => {
    const bytes = events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + OVERHEAD, 0);
    if (bytes > MAX_BYTES) throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${MAX_BYTES}`);
    if (events.some(({ timestamp }, at) => timestamp < (events[at - 1]?.timestamp ?? 0))) {
      throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.');
    }
    return { group, stream, events };
  },
  access: (row) => [logAccess(row, 'PutLogEvents', 'log-stream')],
  handle: async ({ group, stream, events }, call, { context, logs, filters }) => {
    const now = context.now();
    const accepted = events.filter(({ timestamp }) => timestamp > now - BEHIND && timestamp < now + AHEAD);
    filters.accept(call, group, stream, await logs.put(call, group, stream, accepted));
    const tooOld = events.findLastIndex(({ timestamp }) => timestamp <= now - BEHIND);
    const tooNew = events.findIndex(({ timestamp }) => timestamp >= now + AHEAD);
    return {
      nextSequenceToken: String(now).padStart(56, '0'),
      rejectedLogEventsInfo:
        tooOld >= 0 || tooNew >= 0
          ? {
              tooOldLogEventEndIndex: tooOld >= 0 ? tooOld + 1 : undefined,
              tooNewLogEventStartIndex: tooNew >= 0 ? tooNew : undefined,
            }
          : undefined,
    };
  },
});
