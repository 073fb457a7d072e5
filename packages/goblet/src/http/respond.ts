import { isPromise } from '../awaitable.js';
import { corsHeaders } from './cors-headers.js';
import type { Exchange } from './exchange.js';
import type { LambdaResult } from './lambda-result.js';
import {
  collected,
  discarded,
  type Endable,
  type Headers,
  type Outcome,
  outcomeOf,
  type Stream,
  tooLarge,
} from './outcome.js';
import { problemOf } from './problem.js';

/** Lambda accepts results of 6 MB (Lambda quotas, "Invocation payload"). */
const LARGEST_RESULT = 6_291_556;

/** The result for a handler's return value. */
export function send(value: unknown, exchange: Exchange): LambdaResult | Promise<LambdaResult> {
  const { route } = exchange;
  try {
    const sent = resultOf(outcomeOf(value, route?.options.status, route?.asJson), exchange);
    return isPromise(sent) ? sent.catch((error) => fail(error, exchange)) : sent;
  } catch (error) {
    return fail(error, exchange);
  }
}

/**
 * The result for a thrown value.
 * @param turn 0 asks the listeners; 1 is for a listener or problem document that failed, 2 for a logger that failed
 */
export async function fail(error: unknown, exchange: Exchange, turn = 0): Promise<LambdaResult> {
  const { dialect, event } = exchange;
  if (turn > 1) return dialect.result(event, 500, {}, [], '', false);
  try {
    const heard =
      process.env.GOBLET_OMIT_LISTENERS !== '1' && turn === 0 ? await askListeners(error, exchange) : undefined;
    return await resultOf(heard ?? outcomeOf(problemOf(error, exchange), 500), exchange);
  } catch (again) {
    return fail(again, exchange, turn + 1);
  }
}

/**
 * A listener's answer to replace the error; the error is logged if that answer is a 5xx or if the listener itself
 * fails.
 */
async function askListeners(error: unknown, { container, request }: Exchange): Promise<Outcome | undefined> {
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

function resultOf(outcome: Outcome, exchange: Exchange): LambdaResult | Promise<LambdaResult> {
  const { body, status } = outcome;
  const none = EMPTY.includes(status) || exchange.request.method === 'HEAD';
  const whole = (given: string | Uint8Array): LambdaResult => {
    exchange.request.close();
    return buffered(outcome, given, none, exchange);
  };
  if (typeof body === 'string' || body instanceof Uint8Array) return whole(body);
  if (none) return discarded(body as Partial<Endable>).then(whole);
  if (process.env.GOBLET_OMIT_STREAM !== '1' && exchange.streaming)
    return opened(body, exchange).then((stream) => ({ ...buffered(outcome, '', none, exchange), stream }));
  return collected(body, LARGEST_RESULT).then(whole);
}

/**
 * A stream whose first chunk has arrived, so that an earlier error still gets its own status. The request lasts as long
 * as its stream.
 */
async function opened(body: Stream, { request }: Exchange): Promise<Stream> {
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

function compressed(body: string | Uint8Array, headers: Headers, { container, event, dialect }: Exchange) {
  const { compression } = container.runtime;
  return compression ? compression.encode(body, headers, dialect.header(event, 'accept-encoding')) : body;
}

function buffered(
  { status, headers, cookies }: Outcome,
  given: string | Uint8Array,
  none: boolean,
  exchange: Exchange,
): LambdaResult {
  const { event, dialect } = exchange;
  corsHeaders(headers, exchange);
  const encoded = process.env.GOBLET_OMIT_COMPRESSION !== '1' ? compressed(given, headers, exchange) : given;
  // Last, so that the headers are those of the omitted body (RFC 9110, section 9.3.2).
  const body = none ? '' : encoded;
  const text =
    typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.length).toString('base64');
  const answer = dialect.result(event, status, headers, cookies, text, text !== body);
  const largest = (process.env.GOBLET_OMIT_ALB !== '1' && dialect.largestResult) || LARGEST_RESULT;
  // JSON turns one character into at most six bytes.
  if (text.length * 6 > largest && Buffer.byteLength(JSON.stringify(answer)) > largest) throw tooLarge();
  return answer;
}
