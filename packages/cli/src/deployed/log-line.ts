import type { Terminal } from '../terminal/terminal.js';

type Colors = Terminal['colors'];

/** One event of a function's log. */
export interface LogEvent {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

/** A line of the log that comes with the answer to an invocation; it has no time. */
export type LogTailLine = Pick<LogEvent, 'message'> & { readonly timestamp?: undefined };

interface Entry {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Lambda's own lines, which nobody looks for; REPORT has the duration of an invocation. */
const PLATFORM = /^(START RequestId|END RequestId|INIT_START Runtime)/;
const REPORT = /^REPORT RequestId: \S+\s+/;

/**
 * The format in which Lambda's Node.js runtime writes `console.log`: time, request, level and text with tabs between.
 */
const CONSOLE = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t[\w-]+\t([A-Z]+)\t([\s\S]*)$/;

function jsonEntry(text: string): Entry | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const { timestamp: _, level, message, ...fields }: Record<string, unknown> = JSON.parse(text);
    if (typeof level !== 'string' || typeof message !== 'string') return undefined;
    return { level: level.toUpperCase(), message, fields };
  } catch {
    return undefined;
  }
}

/**
 * An uncaught error in the log of Lambda's Node.js runtime: `Invoke Error`, a tab, and JSON with the lines of its stack
 * trace.
 */
function runtimeError(level: string, text: string): Entry | undefined {
  const [, message = '', json = ''] = /^([A-Z][\w ]+?) *\t(\{.*\})$/.exec(text) ?? [];
  if (json === '') return undefined;
  try {
    const { stack }: { readonly stack?: unknown } = JSON.parse(json);
    return Array.isArray(stack) ? { level, message, fields: { error: { stack: stack.join('\n') } } } : undefined;
  } catch {
    return undefined;
  }
}

function entryOf(text: string): Entry {
  const [, level = '', message = text] = CONSOLE.exec(text) ?? [];
  return jsonEntry(text) ?? runtimeError(level, message) ?? { level, message, fields: {} };
}

function isError(value: unknown): value is { readonly stack: string; readonly cause?: unknown } {
  return typeof value === 'object' && value !== null && 'stack' in value && typeof value.stack === 'string';
}

/** The lines of a logged error, followed by its causes. */
function errorLines(error: unknown): string[] {
  if (!isError(error)) return [];
  const causes = errorLines(error.cause);
  return [...error.stack.split('\n'), ...causes.map((line, at) => (at === 0 ? `caused by ${line}` : line))];
}

const valueText = (value: unknown): string =>
  typeof value === 'string' && /^[^\s"]+$/.test(value) ? value : JSON.stringify(value);

function clock(timestamp: number): string {
  const at = new Date(timestamp);
  const two = (figure: number) => String(figure).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
  return `${day} ${time}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

function leveled(level: string, { red, yellow, green, dim }: Colors): string {
  const padded = level.padEnd(5);
  if (/^(ERROR|FATAL)$/.test(level)) return red(padded);
  if (level === 'WARN') return yellow(padded);
  return level === 'INFO' ? green(padded) : dim(padded);
}

/**
 * The lines that people see for a log event: time in this machine's time zone, level, message, then the fields; below
 * it an error's stack trace. Lambda's own lines at the start and end of an invocation give no line.
 *
 * @param from the function's label; empty if all lines come from one function
 */
export function logLines({ timestamp, message }: LogEvent | LogTailLine, from: string, colors: Colors): string[] {
  const text = message.trimEnd();
  if (PLATFORM.test(text)) return [];
  const { dim, cyan } = colors;
  const start = [...(timestamp === undefined ? [] : [dim(clock(timestamp))]), ...(from === '' ? [] : [cyan(from)])];
  if (REPORT.test(text)) return [[...start, dim(text.replace(REPORT, '').split(/\t+/).join(', '))].join(' ')];
  const { level, message: said, fields } = entryOf(text);
  const [first = '', ...more] = said.split('\n');
  const told = Object.entries(fields).filter(([, value]) => !isError(value));
  const stacks = Object.values(fields).flatMap(errorLines);
  const line = [
    ...start,
    leveled(level, colors),
    first,
    ...told.map(([name, value]) => dim(`${name}=${valueText(value)}`)),
  ].join(' ');
  return [line.trimEnd(), ...[...more, ...stacks].map((below) => `    ${below}`)];
}
