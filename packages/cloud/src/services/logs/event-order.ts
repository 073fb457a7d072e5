import type { LogEvent } from './log-store.js';

/** A place between events: behind the one of this time and id. */
export interface Position {
  readonly timestamp: number;
  readonly id: string;
}

/** By time, and for equal times as they came in. */
export function inOrder(events: LogEvent[]): readonly LogEvent[] {
  return events.sort((a, b) => a.timestamp - b.timestamp || (a.id < b.id ? -1 : 1));
}

export function after(event: LogEvent, { timestamp, id }: Position): boolean {
  return event.timestamp > timestamp || (event.timestamp === timestamp && event.id > id);
}

export function before(event: LogEvent, { timestamp, id }: Position): boolean {
  return event.timestamp < timestamp || (event.timestamp === timestamp && event.id < id);
}

export function positionOf({ timestamp, id }: LogEvent): string {
  return `${timestamp}/${id}`;
}

export function readPosition(text: string): Position | undefined {
  const match = /^(\d+)\/([0-9a-z]*)$/.exec(text);
  return match ? { timestamp: Number(match[1]), id: match[2] ?? '' } : undefined;
}
