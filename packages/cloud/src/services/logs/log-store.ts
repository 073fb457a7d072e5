import type { LogGroupClass } from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../../core/aws-error.js';
import type { Scope } from '../../core/operation.js';
import { randomId } from '../../core/random-id.js';
import type { Area, Store, Write } from '../../core/store.js';
import { OrderedWrites } from '../../kit/ordered-writes.js';

/** Bytes of events that one group keeps; the oldest go first. */
export const GROUP_LIMIT = 32 * 1024 * 1024;
/** Milliseconds between two looks for events of one group that are past its retention, which counts days. */
const RETENTION_INTERVAL = 60_000;
/** Bytes that CloudWatch Logs counts for each event, in addition to its text. */
const OVERHEAD = 26;

export interface LogGroup {
  readonly name: string;
  /** Epoch milliseconds */
  readonly created: number;
  readonly retentionInDays?: number;
  readonly class: LogGroupClass;
  /** The ARN of the key of KMS that encrypts it. @default - CloudWatch Logs' own key does */
  readonly kmsKeyId?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

export interface LogStream {
  readonly name: string;
  readonly created: number;
  readonly firstEvent?: number;
  readonly lastEvent?: number;
  readonly lastIngestion?: number;
}

export interface LogEvent {
  readonly id: string;
  readonly stream: string;
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
}

/** Events written together: one value of the store. */
interface Chunk {
  readonly stream: string;
  readonly ingestionTime: number;
  readonly bytes: number;
  readonly events: readonly (readonly [timestamp: number, message: string])[];
}

/** The groups of one account and region, and the area that holds them. */
interface ScopeLogs {
  readonly area: Pick<Area, 'range' | 'batch'>;
  readonly groups: Map<string, LogGroup>;
  /** By group and stream. */
  readonly streams: Map<string, Map<string, LogStream>>;
  /** Bytes of a group's events. */
  readonly sizes: Map<string, number>;
  /** When a group was last looked through for events past its retention. */
  readonly looked: Map<string, number>;
}

const notFound = (what: string): AwsError =>
  new AwsError('ResourceNotFoundException', `The specified ${what} does not exist.`, 400);
const exists = (what: string): AwsError =>
  new AwsError('ResourceAlreadyExistsException', `The specified ${what} already exists`, 400);

// Neither kind of name may contain a colon, so it can separate them.
const groupKey = (group: string): string => `group:${group}`;
const streamKey = (group: string, stream: string): string => `stream:${group}:${stream}`;
const sizeKey = (group: string): string => `size:${group}`;
const below = (prefix: string) => ({ gte: `${prefix}:`, lt: `${prefix};` });
/** @param at the place of an event in its chunk */
const eventId = (chunk: string, at: number): string => `${chunk}${String(at).padStart(6, '0')}`;
const timeKey = (time: number): string => String(Math.max(0, Math.floor(time))).padStart(15, '0');

/**
 * Log groups, streams and events. Events are kept in the chunks in which they were put, under the time of the newest
 * one, so that reading from a time on starts in the right place.
 */
export class LogStore {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #scopes = new Map<string, Promise<ScopeLogs>>();
  #sequence = 0;

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  async groups(scope: Scope): Promise<readonly LogGroup[]> {
    const { groups } = await this.#logsOf(scope);
    return [...groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async storedBytes(scope: Scope, group: string): Promise<number> {
    return (await this.#logsOf(scope)).sizes.get(group) ?? 0;
  }

  async createGroup(scope: Scope, group: LogGroup): Promise<void> {
    const logs = await this.#logsOf(scope);
    if (logs.groups.has(group.name)) throw exists('log group');
    logs.groups.set(group.name, group);
    await logs.area.batch([{ key: groupKey(group.name), value: group }]);
  }

  async changeGroup(scope: Scope, name: string, change: (group: LogGroup) => LogGroup): Promise<void> {
    const logs = await this.#logsOf(scope);
    const group = change(this.#group(logs, name));
    logs.groups.set(name, group);
    logs.looked.delete(name);
    await logs.area.batch([{ key: groupKey(name), value: group }]);
  }

  async group(scope: Scope, name: string): Promise<LogGroup> {
    return this.#group(await this.#logsOf(scope), name);
  }

  async findGroup(scope: Scope, name: string): Promise<LogGroup | undefined> {
    return (await this.#logsOf(scope)).groups.get(name);
  }

  async deleteGroup(scope: Scope, name: string): Promise<void> {
    const logs = await this.#logsOf(scope);
    this.#group(logs, name);
    logs.groups.delete(name);
    logs.streams.delete(name);
    logs.sizes.delete(name);
    logs.looked.delete(name);
    const keys = [groupKey(name), sizeKey(name)];
    for (const prefix of [`stream:${name}`, `events:${name}`]) {
      for await (const [key] of logs.area.range(below(prefix))) keys.push(key);
    }
    await logs.area.batch(keys.map((key) => ({ key, value: undefined })));
  }

  /** In the order of their creation; the caller's own list. */
  async streams(scope: Scope, group: string): Promise<LogStream[]> {
    const logs = await this.#logsOf(scope);
    this.#group(logs, group);
    return [...(logs.streams.get(group)?.values() ?? [])];
  }

  /** Throws ResourceNotFoundException. */
  async requireStream(scope: Scope, group: string, stream: string): Promise<void> {
    this.#streamsWith(await this.#logsOf(scope), group, stream);
  }

  async createStream(scope: Scope, group: string, name: string): Promise<void> {
    const logs = await this.#logsOf(scope);
    this.#group(logs, group);
    const streams = logs.streams.get(group) ?? new Map<string, LogStream>();
    if (streams.has(name)) throw exists('log stream');
    const stream = { name, created: this.#now() };
    logs.streams.set(group, streams.set(name, stream));
    await logs.area.batch([{ key: streamKey(group, name), value: stream }]);
  }

  async deleteStream(scope: Scope, group: string, name: string): Promise<void> {
    const logs = await this.#logsOf(scope);
    const streams = this.#streamsWith(logs, group, name);
    streams.delete(name);
    const writes: Write[] = [{ key: streamKey(group, name), value: undefined }];
    let freed = 0;
    for await (const [key, chunk] of logs.area.range<Chunk>(below(`events:${group}`))) {
      if (chunk.stream !== name) continue;
      freed += chunk.bytes;
      writes.push({ key, value: undefined });
    }
    await logs.area.batch([...writes, this.#resized(logs, group, -freed)]);
  }

  /** Stores events, which must be in the order of their times. @returns them as they are read */
  async put(
    scope: Scope,
    group: string,
    stream: string,
    events: readonly { readonly timestamp: number; readonly message: string }[],
  ): Promise<readonly LogEvent[]> {
    const logs = await this.#logsOf(scope);
    const streams = this.#streamsWith(logs, group, stream);
    const first = events[0]?.timestamp;
    const last = events.at(-1)?.timestamp;
    if (first === undefined || last === undefined) return [];
    const ingestionTime = this.#now();
    const bytes = events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + OVERHEAD, 0);
    const chunk: Chunk = {
      stream,
      ingestionTime,
      bytes,
      events: events.map(({ timestamp, message }) => [timestamp, message]),
    };
    const before = streams.get(stream);
    const after: LogStream = {
      name: stream,
      created: before?.created ?? ingestionTime,
      firstEvent: Math.min(first, before?.firstEvent ?? first),
      lastEvent: Math.max(last, before?.lastEvent ?? last),
      lastIngestion: ingestionTime,
    };
    streams.set(stream, after);
    this.#sequence = (this.#sequence + 1) % 1_000_000;
    const id = `${timeKey(ingestionTime)}${String(this.#sequence).padStart(6, '0')}${randomId.lower(4)}`;
    await logs.area.batch([
      { key: `events:${group}:${timeKey(last)}:${id}`, value: chunk },
      { key: streamKey(group, stream), value: after },
      this.#resized(logs, group, bytes),
    ]);
    await this.#trim(logs, group);
    return events.map((event, at) => ({ ...event, id: eventId(id, at), stream, ingestionTime }));
  }

  /** The events of a group, or of some of its streams, chunk by chunk in the order of each chunk's newest event. */
  async *events(
    scope: Scope,
    group: string,
    { streams, from = 0, to = Infinity }: EventRange,
  ): AsyncGenerator<LogEvent> {
    const logs = await this.#logsOf(scope);
    this.#group(logs, group);
    const range = { gte: `events:${group}:${timeKey(from)}`, lt: `events:${group};` };
    for await (const [key, chunk] of logs.area.range<Chunk>(range)) {
      if (streams && !streams(chunk.stream)) continue;
      const id = key.slice(key.lastIndexOf(':') + 1);
      for (const [at, [timestamp, message]] of chunk.events.entries()) {
        if (timestamp < from || timestamp >= to) continue;
        yield {
          id: eventId(id, at),
          stream: chunk.stream,
          timestamp,
          ingestionTime: chunk.ingestionTime,
          message,
        };
      }
    }
  }

  #group(logs: ScopeLogs, name: string): LogGroup {
    const group = logs.groups.get(name);
    if (group === undefined) throw notFound('log group');
    return group;
  }

  #streamsWith(logs: ScopeLogs, group: string, stream: string): Map<string, LogStream> {
    this.#group(logs, group);
    const streams = logs.streams.get(group);
    if (!streams?.has(stream)) throw notFound('log stream');
    return streams;
  }

  #resized(logs: ScopeLogs, group: string, by: number): Write {
    const size = (logs.sizes.get(group) ?? 0) + by;
    logs.sizes.set(group, size);
    return { key: sizeKey(group), value: size };
  }

  /** Drops the oldest events of a group that has too many, and those past its retention. */
  async #trim(logs: ScopeLogs, group: string): Promise<void> {
    const days = logs.groups.get(group)?.retentionInDays;
    const now = this.#now();
    const looks = days !== undefined && Math.abs(now - (logs.looked.get(group) ?? -Infinity)) >= RETENTION_INTERVAL;
    const oldest = looks ? now - days * 86_400_000 : 0;
    if (looks) logs.looked.set(group, now);
    let excess = (logs.sizes.get(group) ?? 0) - GROUP_LIMIT;
    // A tenth more than needed, not to come back with every write.
    if (excess > 0) excess += GROUP_LIMIT / 10;
    const writes: Write[] = [];
    let freed = 0;
    const prefix = `events:${group}`;
    const range = excess > 0 ? below(prefix) : { gte: `${prefix}:`, lt: `${prefix}:${timeKey(oldest)}` };
    if (excess <= 0 && oldest === 0) return;
    for await (const [key, chunk] of logs.area.range<Chunk>(range)) {
      if (freed >= excess && key >= `${prefix}:${timeKey(oldest)}`) break;
      freed += chunk.bytes;
      writes.push({ key, value: undefined });
    }
    if (writes.length > 0) await logs.area.batch([...writes, this.#resized(logs, group, -freed)]);
  }

  #logsOf({ account, region }: Scope): Promise<ScopeLogs> {
    const key = `${account}/${region}`;
    let logs = this.#scopes.get(key);
    if (logs === undefined) {
      logs = load(this.#store.area(account, region, 'logs'));
      this.#scopes.set(key, logs);
    }
    return logs;
  }
}

export interface EventRange {
  readonly streams?: (name: string) => boolean;
  /** Epoch milliseconds, inclusive */
  readonly from?: number;
  /** Epoch milliseconds, exclusive */
  readonly to?: number;
}

/** An area whose batches are written in the order in which they are made. */
function ordered({ range, batch }: Area): Pick<Area, 'range' | 'batch'> {
  const ordered = new OrderedWrites();
  return { range, batch: (writes) => ordered.write({ batch }, writes) };
}

async function load(stored: Area): Promise<ScopeLogs> {
  const area = ordered(stored);
  const logs: ScopeLogs = { area, groups: new Map(), streams: new Map(), sizes: new Map(), looked: new Map() };
  for await (const [, group] of area.range<LogGroup>(below('group'))) logs.groups.set(group.name, group);
  for await (const [key, stream] of area.range<LogStream>(below('stream'))) {
    const group = key.slice('stream:'.length, key.indexOf(':', 'stream:'.length));
    const streams = logs.streams.get(group) ?? new Map<string, LogStream>();
    logs.streams.set(group, streams.set(stream.name, stream));
  }
  for await (const [key, size] of area.range<number>(below('size'))) logs.sizes.set(key.slice('size:'.length), size);
  return logs;
}
