import { otherEvent, recordDiffers } from '../errors/records.js';
import { hasShape, type Shape, type Shaped } from '../lambda/event-shape.js';

/** A record that does not match the declaration of its source. It never reaches the handler. */
export class RecordRefused extends TypeError {
  readonly code = 'GOBLET_RECORD';
  readonly issues: unknown;
  constructor(issues: unknown, message = recordDiffers) {
    super(message);
    this.name = 'RecordRefused';
    this.issues = issues;
  }
}

/** An event from something other than the source of its function. */
export class EventRefused extends TypeError {
  readonly code = 'GOBLET_EVENT_SOURCE';
  constructor(expected: string) {
    super(otherEvent(expected));
    this.name = 'EventRefused';
  }
}

/**
 * The records of an event, if all of them have this shape.
 * @throws EventRefused
 */
export function recordsOf<const S extends Shape>(event: unknown, expected: string, record: S): readonly Shaped<S>[] {
  const { Records } = Object(event) as { readonly Records?: unknown };
  if (!Array.isArray(Records)) throw new EventRefused(expected);
  return Records.map((one: unknown) => {
    if (!hasShape(one, record)) throw new EventRefused(expected);
    return one;
  });
}
