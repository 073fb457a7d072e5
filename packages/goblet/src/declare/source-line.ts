import type { SourceLine } from '../definition.js';

const FRAME = /\(?((?:file:\/\/|\/|[A-Za-z]:[\\/])[^()]*):(\d+):\d+\)?$/;

/**
 * The line that called `below`. Only under tooling (GOBLET_INVENTORY): a stack trace costs microseconds, and an app
 * declares its routes at every cold start.
 */
export function sourceLine(below: Function): SourceLine | undefined {
  if (!process.env.GOBLET_INVENTORY) return undefined;
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, below);
  for (const frame of holder.stack?.split('\n') ?? []) {
    const [, file, line] = FRAME.exec(frame.trim()) ?? [];
    if (file) return { file, line: Number(line) };
  }
  return undefined;
}

/** `app.ts:12`, or the fallback if lines are not captured. */
export function showLine(line: SourceLine | undefined, fallback: string): string {
  if (!line) return fallback;
  return `${line.file.slice(line.file.lastIndexOf('/') + 1)}:${line.line}`;
}
