import { InputReader } from '../../../core/input-reader.js';
import { invalid } from '../events-error.js';
import { compilePattern } from '../rule-store.js';
import { anyAccess, eventsOperation } from '../service-state.js';

/** What an event must have to be tested ("TestEventPattern" of the API reference). */
const NEEDED = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

function parseEvent(text: string): object {
  try {
    const event: unknown = JSON.parse(text);
    if (typeof event === 'object' && event !== null && NEEDED.every((name) => name in event)) return event;
  } catch {
    // Said below.
  }
  throw invalid(`Parameter Event is not valid. Reason: it must be a JSON object with ${NEEDED.join(', ')}.`);
}

export const testEventPattern = eventsOperation({
  name: 'TestEventPattern',
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = { pattern: input.requiredText('EventPattern'), event: input.requiredText('Event') };
    input.check();
    return parsed;
  },
  access: (row) => [anyAccess(row, 'TestEventPattern')],
  handle: ({ pattern, event }) => ({ Result: compilePattern(pattern)(parseEvent(event)) }),
});
