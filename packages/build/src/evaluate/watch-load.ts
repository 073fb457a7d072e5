import { createHook, executionAsyncId } from 'node:async_hooks';
import { writeSync } from 'node:fs';

// Imported before a module that does not finish loading. When the event loop runs dry or the time is over, it writes
// the stack trace of the pending top-level await to file descriptor 3. Node.js 20 does not report it, as Node.js 22
// does.

/** A frame of a module's top level, or of an anonymous function. */
const NAMELESS = /^\s+at (?:async )?(file:.*):\d+:\d+$/;
const IN_FILE = /\(?file:/;
const OF_HOOKS = 'node:internal/async_hooks';

/**
 * The frames, in files, of every pending `await` by the id of V8's promise for it, and of every call of an async
 * function that has not returned.
 */
const pending = new Map<number, readonly string[]>();

/** The ids of top-level code of modules: the start of a module, and the continuation after each await there. */
const topLevel = new Set<number>();
/** Files whose first await was seen. It belongs to the module's start, because callbacks come later. */
const files = new Set<string>();

Error.stackTraceLimit = 100;

const settled = (id: number) => pending.delete(id);
createHook({ init, before: settled, promiseResolve: settled }).enable();
process.once('exit', report);
setTimeout(() => process.exit(), Number(process.argv[2])).unref();

function init(id: number, type: string): void {
  if (type !== 'PROMISE') return;
  const at: { stack?: string } = {};
  Error.captureStackTrace(at, init);
  const frames = (at.stack ?? '').split('\n').slice(1);
  const first = frames.findIndex((frame) => !frame.includes(OF_HOOKS));
  // An await is in a file itself; `new Promise`, `then` and promises of Node.js have a frame of their own in front.
  if (!IN_FILE.test(frames[first] ?? '')) return;
  const inFiles = frames.slice(first).filter((frame) => IN_FILE.test(frame));
  pending.set(id, inFiles);
  const [, file] = NAMELESS.exec(inFiles[0] ?? '') ?? [];
  if (inFiles.length > 1 || file === undefined) return;
  if (!files.has(file)) topLevel.add(executionAsyncId());
  files.add(file);
  if (topLevel.has(executionAsyncId())) topLevel.add(id);
}

function report(): void {
  const waiting = [...topLevel].findLast((id) => pending.has(id));
  if (waiting === undefined) return;
  const statement = lineOf(pending.get(waiting));
  // It may wait for something that waits too; the innermost await is the one that the user needs.
  let innermost: readonly string[] = [];
  for (const frames of pending.values()) {
    if (frames.length >= innermost.length && lineOf(frames) === statement) innermost = frames;
  }
  writeSync(3, `${innermost.join('\n')}\n`);
}

/** File and line of the outermost frame. */
function lineOf(frames: readonly string[] = []): string | undefined {
  return /file:.*:\d+(?=:\d+\)?$)/.exec(frames.at(-1) ?? '')?.[0];
}
