import type { AppDefinition, SourceDefinition } from 'goblet/definition';
import { BuildError } from '../build-error.js';
import { resolveEntry } from '../entry.js';
import { noSuchSource, noTime, recordNeeded, recordRefused } from '../errors/events.js';
import { noEventsOfSources } from '../errors/loading.js';
import { loadApp } from './load-app.js';
import { shortPath } from './load-module.js';

/** The event that AWS would send to the function of a source. */
export interface SourceEvent {
  /** The name of the app. */
  readonly app: string;
  readonly kind: SourceDefinition['kind'];
  readonly event: unknown;
}

/** These sources have an event even if nothing is sent. */
const NOTHING_SENT: readonly SourceDefinition['kind'][] = ['schedule', 'lambda'];

export interface SourceEventRequest {
  readonly file: string;
  readonly source: string;
  /** The records, as JSON, that the framework's test client accepts. */
  readonly sent: readonly unknown[];
  readonly workFolder: string;
}

/** Builds the event in this process. */
export async function sourceEventReply(request: SourceEventRequest): Promise<SourceEvent> {
  const { file, source: name, sent, workFolder } = request;
  const entry = resolveEntry({ entry: file });
  const { value } = await loadApp(entry, [], workFolder);
  const { definition } = value;
  const source = sourceOf(definition, name, shortPath(entry));
  if (sent.length === 0 && !NOTHING_SENT.includes(source.kind)) {
    throw new BuildError(recordNeeded(source.kind, name));
  }
  const { event } = source.options;
  if (typeof event !== 'function') throw new BuildError(noEventsOfSources(shortPath(entry)));
  // The framework's function, of this version of definitions; it accepts these records.
  const make = event as (sent: readonly unknown[]) => unknown;
  return { app: definition.name, kind: source.kind, event: madeEvent(make, name, source.kind, sent) };
}

function sourceOf({ sources, name: app }: AppDefinition, name: string, file: string): SourceDefinition {
  const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
  if (source !== undefined) return source;
  throw new BuildError(noSuchSource(name, app, file, Object.keys(sources)));
}

/** Runs the framework's own code, which throws for input that it cannot read. */
function madeEvent(
  make: (sent: readonly unknown[]) => unknown,
  name: string,
  kind: SourceDefinition['kind'],
  sent: readonly unknown[],
): unknown {
  // A schedule takes a time, which is text in JSON.
  const given = kind === 'schedule' ? sent.map((time) => dateOf(time, name)) : sent;
  try {
    return make(given);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^GOBLET_\w+: /, '') : String(error);
    throw new BuildError(recordRefused(kind, name, reason));
  }
}

function dateOf(time: unknown, name: string): Date {
  const date = new Date(typeof time === 'string' ? time : Number.NaN);
  if (!Number.isNaN(date.getTime())) return date;
  throw new BuildError(noTime(name));
}
