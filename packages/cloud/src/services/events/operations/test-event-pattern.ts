import { parseJson } from '../../../core/json.js';
import { anyAccess } from '../access.js';
import { invalid } from '../events-error.js';
import { compilePattern } from '../rules/pattern.js';
import { eventsOperation } from '../service-state.js';

/** Members that an event must have; `resources` may be left out, though the API reference asks for it. */
const REQUIRED = ['id', 'account', 'source', 'time', 'region', 'detail-type'];

function parseEvent(text: string): object {
  try {
    const event: unknown = parseJson(text);
    if (typeof event === 'object' && event !== null && REQUIRED.every((name) => name in event)) return event;
  } catch {
    // Text that is no JSON is refused like an event that lacks a member.
  }
  throw invalid('Parameter Event is not valid.');
}

export const testEventPattern = eventsOperation({
  name: 'TestEventPattern',
  access: (row) => [anyAccess(row, 'TestEventPattern')],
  handle: ({ EventPattern, Event }) => {
    const event = parseEvent(Event);
    return { Result: compilePattern(EventPattern)(event) };
  },
});
