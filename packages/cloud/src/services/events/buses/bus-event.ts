/** An event as EventBridge hands it on ("Event structure" of the EventBridge user guide). */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** `2026-11-28T10:00:00Z` */
  readonly time: string;
  readonly region: string;
  /** The replay that sends it once more. */
  readonly 'replay-name'?: string;
  /** ARNs of what it is about. */
  readonly resources: readonly string[];
  readonly detail: object;
}

/** @param milliseconds since the epoch; EventBridge tells whole seconds */
export function eventTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
