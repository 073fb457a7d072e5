/** A record that is not what its source declares. It never reaches the handler. */
export class RecordRefused extends TypeError {
  readonly code = 'GOBLET_RECORD';
  readonly issues: unknown;
  constructor(issues: unknown, message = 'the record does not match what its source declares') {
    super(`GOBLET_RECORD: ${message}`);
    this.name = 'RecordRefused';
    this.issues = issues;
  }
}

/** An event that comes from something else than the source whose function got it. */
export class EventRefused extends TypeError {
  readonly code = 'GOBLET_EVENT_SOURCE';
  constructor(expected: string) {
    super(`GOBLET_EVENT_SOURCE: the event is not one of ${expected}`);
    this.name = 'EventRefused';
  }
}

/** Says of a record whether it has what tells its kind; the fields of any other may be missing. */
type IsOurs<T> = (record: { readonly [K in keyof T]?: Partial<T[K]> }) => boolean;

/**
 * The records of an event, where all are of this kind.
 * @throws EventRefused
 */
export function recordsOf<T>(event: unknown, expected: string, isOurs: IsOurs<T>): readonly T[] {
  const Records = (event as { readonly Records?: unknown } | null | undefined)?.Records;
  if (!Array.isArray(Records) || !Records.every((record) => record && isOurs(record))) throw new EventRefused(expected);
  return Records;
}
