import { isPromise } from '../awaitable.js';
import type { Container } from '../container.js';
import type { CompiledRoute } from './compile.js';
import { corsHeaders } from './cors-headers.js';
import type { Dialect, GatewayEvent } from './dialect.js';
import type { LambdaResult } from './lambda-result.js';
import { collected, discarded, type Endable, type Outcome, outcomeOf, type Stream, tooLarge } from './outcome.js';
import { problemOf } from './problem.js';
import type { LazyRequest } from './request.js';

/** One request on its way through a function. */
export interface Visit {
  readonly container: Container;
  readonly event: GatewayEvent;
  readonly dialect: Dialect;
  readonly route: CompiledRoute | undefined;
  /** What the path serves, by method. */
  readonly methods: ReadonlyMap<string, CompiledRoute> | undefined;
  readonly request: LazyRequest;
  /** Streams are given on as they are, under `stream` of the result. */
  readonly streaming: boolean;
}

/** Lambda takes 6 MB of result (Lambda quotas, "Invocation payload"). */
const LARGEST_RESULT = 6_291_556;

/** The result for what a handler returned. */
export function send(value: unknown, visit: Visit): LambdaResult | Promise<LambdaResult> {
  const { route } = visit;
  try {
    const sent = resultOf(outcomeOf(value, route?.options.status, route?.asJson), visit);
    return isPromise(sent) ? sent.catch((error) => fail(error, visit)) : sent;
  } catch (error) {
    return fail(error, visit);
  }
}

/**
 * The result for what was thrown.
 * @param turn 0 asks the listeners; 1 is for a listener or problem that failed, 2 for a logger that does
 */
export async function fail(error: unknown, visit: Visit, turn = 0): Promise<LambdaResult> {
  const { container, dialect, event, request } = visit;
  if (turn > 1) return dialect.result(event, 500, {}, [], '', false);
  try {
    if (process.env.GOBLET_OMIT_LISTENERS !== '1' && turn === 0) {
      const heard = await askListeners(error, visit);
      if (heard) return await resultOf(heard, visit);
    }
    return await resultOf(outcomeOf(problemOf(error, request, container), 500), visit);
  } catch (again) {
    return fail(again, visit, turn + 1);
  }
}

/** What a listener answers in place of the error; it has the error logged where that is a 5xx, or where it fails itself. */
async function askListeners(error: unknown, { container, request }: Visit): Promise<Outcome | undefined> {
  let status = 500;
  try {
    for (const listener of container.runtime.listeners) {
      const answer = await listener(error, request as never);
      if (answer === undefined) continue;
      const outcome = outcomeOf(answer, 500);
      status = outcome.status;
      return outcome;
    }
    status = 0;
    return undefined;
  } finally {
    if (status >= 500) request.log.error('The request failed', { error });
  }
}

const EMPTY: readonly number[] = [204, 205, 304];

function resultOf(outcome: Outcome, visit: Visit): LambdaResult | Promise<LambdaResult> {
  const { body, status } = outcome;
  const none = EMPTY.includes(status) || visit.request.method === 'HEAD';
  const whole = (given: string | Uint8Array): LambdaResult => {
    visit.request.close();
    return buffered(outcome, given, none, visit);
  };
  if (typeof body === 'string' || body instanceof Uint8Array) return whole(body);
  if (none) return discarded(body as Partial<Endable>).then(whole);
  if (process.env.GOBLET_OMIT_STREAM !== '1')
    if (visit.streaming)
      return opened(body, visit.request).then((stream) => ({ ...buffered(outcome, '', none, visit), stream }));
  return collected(body, LARGEST_RESULT).then(whole);
}

/**
 * A stream whose first chunk is there, so that an error before it still has a status of its own. The request lasts as
 * long as its stream.
 */
async function opened(body: Stream, request: LazyRequest): Promise<Stream> {
  const chunks = body[Symbol.asyncIterator]();
  const first = await chunks.next();
  return (async function* () {
    try {
      for (let next = first; !next.done; next = await chunks.next()) yield next.value;
    } finally {
      request.close();
      await chunks.return?.();
    }
  })();
}

function buffered(
  { status, headers, cookies }: Outcome,
  given: string | Uint8Array,
  none: boolean,
  visit: Visit,
): LambdaResult {
  const { event, dialect } = visit;
  if (process.env.GOBLET_OMIT_CORS !== '1') corsHeaders(headers, visit);
  let body = given;
  if (process.env.GOBLET_OMIT_COMPRESSION !== '1') {
    const { compression } = visit.container.runtime;
    if (compression) body = compression.encode(body, headers, dialect.header(event, 'accept-encoding'));
  }
  // Last, so that the headers are those of the body that is left out (RFC 9110, section 9.3.2).
  if (none) body = '';
  const text =
    typeof body === 'string'
      ? body.toWellFormed()
      : Buffer.from(body.buffer, body.byteOffset, body.length).toString('base64');
  const answer = dialect.result(event, status, headers, cookies, text, typeof body !== 'string');
  const largest = (process.env.GOBLET_OMIT_ALB !== '1' && dialect.largestResult) || LARGEST_RESULT;
  // JSON makes six bytes of a character at most.
  if (text.length * 6 > largest && Buffer.byteLength(JSON.stringify(answer)) > largest) throw tooLarge();
  return answer;
}
