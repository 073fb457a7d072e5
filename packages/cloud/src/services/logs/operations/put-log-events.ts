import { InputReader } from '../../../core/input-reader.js';
import { logAccess } from '../log-access.js';
import { invalidParameter, readGroup, readInput, readStream } from '../log-input.js';
import { logsOperation } from '../service-state.js';

/** Milliseconds that an event may be ahead of now, and behind. */
const AHEAD = 2 * 3_600_000;
const BEHIND = 14 * 86_400_000;
const MOST_EVENTS = 10_000;
const MOST_BYTES = 1_048_576;
const OVERHEAD = 26;

export const putLogEvents = logsOperation({
  name: 'PutLogEvents',
  parse: (raw) => {
    const input = readInput(raw);
    const parsed = { group: readGroup(input), stream: readStream(input) };
    const events = (input.list('logEvents') ?? []).map((each) => {
      const event = new InputReader(each, 'InvalidParameterException');
      const timestamp = event.integer('timestamp', { min: 0, max: Number.MAX_SAFE_INTEGER }) ?? 0;
      const message = event.requiredText('message');
      event.check();
      return { timestamp, message };
    });
    input.check();
    if (events.length === 0 || events.length > MOST_EVENTS) {
      throw invalidParameter(
        `1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length between 1 and ${MOST_EVENTS}`,
      );
    }
    const bytes = events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + OVERHEAD, 0);
    if (bytes > MOST_BYTES) throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${MOST_BYTES}`);
    if (events.some(({ timestamp }, at) => timestamp < (events[at - 1]?.timestamp ?? 0))) {
      throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.');
    }
    return { ...parsed, events };
  },
  access: (row) => [logAccess(row, 'PutLogEvents', 'log-stream')],
  handle: async ({ group, stream, events }, call, { context, logs }) => {
    const now = context.now();
    const accepted = events.filter(({ timestamp }) => timestamp > now - BEHIND && timestamp < now + AHEAD);
    await logs.put(call, group, stream, accepted);
    const tooOld = events.findLastIndex(({ timestamp }) => timestamp <= now - BEHIND);
    const tooNew = events.findIndex(({ timestamp }) => timestamp >= now + AHEAD);
    return {
      nextSequenceToken: String(now).padStart(56, '0'),
      ...((tooOld >= 0 || tooNew >= 0) && {
        rejectedLogEventsInfo: {
          ...(tooOld >= 0 && { tooOldLogEventEndIndex: tooOld + 1 }),
          ...(tooNew >= 0 && { tooNewLogEventStartIndex: tooNew }),
        },
      }),
    };
  },
});
