import { setTimeout as pause } from 'node:timers/promises';
import {
  CloudWatchLogsClient,
  type CloudWatchLogsClientConfig,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent } from './log-line.js';
import type { LogSource } from './log-sources.js';

export interface SourcedLogEvent extends LogEvent {
  readonly source: LogSource;
  readonly id: string;
  readonly logStream: string;
}

export interface LogQuery {
  /** Milliseconds since 1970. */
  readonly since: number;
  /** CloudWatch's filter pattern. */
  readonly filter: string | undefined;
}

/**
 * Milliseconds between two reads of a log group, and at least between two rounds over all groups. An account may read
 * five times a second ("How do I determine throttling in my CloudWatch logs?"), and others read as well.
 */
const SPACING = 250;
const INTERVAL = 1_000;

/** If throttled nevertheless, it retries and waits longer each time. */
const ATTEMPTS = 10;

export function logsClient(config: CloudWatchLogsClientConfig): CloudWatchLogsClient {
  return new CloudWatchLogsClient({ ...config, maxAttempts: ATTEMPTS });
}

/** The events of one log group, oldest first; none if the group does not exist yet. */
async function* eventsOf(
  client: CloudWatchLogsClient,
  source: LogSource,
  { since, filter }: LogQuery,
): AsyncGenerator<SourcedLogEvent> {
  let token: string | undefined;
  do {
    const { events = [], nextToken } = await client
      .send(
        new FilterLogEventsCommand({
          logGroupName: source.group,
          startTime: since,
          filterPattern: filter,
          nextToken: token,
        }),
      )
      .catch((error: unknown) => {
        if (error instanceof Error && error.name === 'ResourceNotFoundException')
          return { events: [], nextToken: undefined };
        throw error;
      });
    for (const { timestamp = 0, message = '', eventId = '', logStreamName = '' } of events)
      yield { source, timestamp, message, id: eventId, logStream: logStreamName };
    token = nextToken;
  } while (token !== undefined);
}

interface OpenLog {
  readonly events: AsyncGenerator<SourcedLogEvent>;
  next: SourcedLogEvent | undefined;
}

async function advance(log: OpenLog): Promise<void> {
  const { done, value } = await log.events.next();
  log.next = done ? undefined : value;
}

const nextTime = ({ next }: OpenLog) => next?.timestamp ?? Number.POSITIVE_INFINITY;

/** The events of all groups, oldest first. It reads at most one page ahead in each group. */
export async function* readEvents(
  client: CloudWatchLogsClient,
  sources: readonly LogSource[],
  query: LogQuery,
): AsyncGenerator<SourcedLogEvent> {
  const open = sources.map((source): OpenLog => ({ events: eventsOf(client, source, query), next: undefined }));
  // One after the other, because reads are limited.
  for (const log of open) await advance(log);
  while (open.length > 0) {
    const first = open.reduce((one, other) => (nextTime(other) < nextTime(one) ? other : one));
    if (first.next === undefined) return;
    yield first.next;
    await advance(first);
  }
}

/** Milliseconds by which an event may arrive after a later one, as with several environments. */
const LATE = 30_000;

/** The events of all groups, then new ones, until the signal aborts. */
export async function* followEvents(
  client: CloudWatchLogsClient,
  sources: readonly LogSource[],
  query: LogQuery,
  signal: AbortSignal,
): AsyncGenerator<SourcedLogEvent> {
  const seen = new Map<string, number>();
  let newest = query.since;
  while (!signal.aborted) {
    const since = Math.max(query.since, newest - LATE);
    for (const [key, timestamp] of seen) if (timestamp < since) seen.delete(key);
    for await (const event of readEvents(client, sources, { ...query, since })) {
      if (signal.aborted) return;
      const key = `${event.source.group} ${event.id}`;
      if (seen.has(key)) continue;
      seen.set(key, event.timestamp);
      newest = Math.max(newest, event.timestamp);
      yield event;
    }
    await pause(Math.max(INTERVAL, SPACING * sources.length), undefined, { signal }).catch(() => {});
  }
}
