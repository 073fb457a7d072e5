import { compressed } from '#parts/compression';
import { corsHeaders } from '#parts/cors';
import { askListeners } from '#parts/listeners';
import { streamed } from '#parts/stream';
import { isPromise } from '../awaitable.js';
import { resultTooLarge } from '../errors/responses.js';
import type { Exchange } from './exchange.js';
import type { LambdaResult } from './lambda-result.js';
import { collected, discarded, type Endable, type Outcome, outcomeOf } from './outcome.js';
import { problemOf } from './problem.js';

/** The result for a handler's return value. */
export function send(value: unknown, exchange: Exchange): LambdaResult | Promise<LambdaResult> {
  const options = exchange.route?.options;
  try {
    const sent = resultOf(outcomeOf(value, options?.status, Boolean(options?.response)), exchange);
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
  if (turn > 1) return exchange.dialect.result(exchange.event, 500, {}, [], '', false);
  try {
    const outcome = (await askListeners(error, exchange, turn)) ?? outcomeOf(problemOf(error, exchange), 500);
    return await resultOf(outcome, exchange);
  } catch (again) {
    return fail(again, exchange, turn + 1);
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
  return (
    streamed(body, exchange, () => buffered(outcome, '', none, exchange)) ??
    collected(body, exchange.dialect.largestResult).then(whole)
  );
}

function buffered(
  { status, headers, cookies }: Outcome,
  given: string | Uint8Array,
  none: boolean,
  exchange: Exchange,
): LambdaResult {
  const { dialect } = exchange;
  corsHeaders(headers, exchange);
  const encoded = compressed(given, headers, exchange) ?? given;
  // Last, so that the headers are those of the omitted body (RFC 9110, section 9.3.2).
  const body = none ? '' : encoded;
  const text =
    typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.length).toString('base64');
  const answer = dialect.result(exchange.event, status, headers, cookies, text, text !== body);
  // JSON turns one character into at most six bytes.
  if (text.length * 6 > dialect.largestResult && Buffer.byteLength(JSON.stringify(answer)) > dialect.largestResult)
    throw new RangeError(resultTooLarge);
  return answer;
}
