import { isPromise } from '../awaitable.js';
import type { Container } from '../container.js';
import type { CompiledRoute } from './compile.js';
import { corsHeaders } from './cors-headers.js';
import type { Dialect, GatewayEvent } from './dialect.js';
import type { LambdaResult, StreamedResult } from './lambda-result.js';
import { collected, type Outcome, outcomeOf } from './outcome.js';
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
    const sent = resultOf(outcomeOf(value, route?.options.status, route?.asJson ?? false), visit);
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
  const { container, request } = visit;
  if (turn > 1) return resultOf({ status: 500, headers: {}, cookies: [], body: '' }, visit);
  try {
    if (process.env.GOBLET_OMIT_LISTENERS !== '1' && turn === 0)
      for (const listener of container.runtime.listeners) {
        const answer = await listener(error, request as never);
        if (answer !== undefined) return await resultOf(outcomeOf(answer, 500, false), visit);
      }
    return await resultOf(outcomeOf(problemOf(error, request, container), 500, false), visit);
  } catch (again) {
    return fail(again, visit, turn + 1);
  }
}

function resultOf(outcome: Outcome, visit: Visit): LambdaResult | Promise<LambdaResult> {
  const { body } = outcome;
  if (typeof body === 'string' || body instanceof Uint8Array) return buffered(outcome, body, visit);
  if (process.env.GOBLET_OMIT_STREAM !== '1')
    if (visit.streaming) return Object.assign<StreamedResult, object>(buffered(outcome, '', visit), { stream: body });
  return collected(body).then((bytes) => buffered(outcome, bytes, visit));
}

function buffered({ status, headers, cookies }: Outcome, given: string | Uint8Array, visit: Visit): LambdaResult {
  const { event, dialect } = visit;
  if (process.env.GOBLET_OMIT_CORS !== '1') corsHeaders(headers, visit);
  let body = status === 204 || status === 304 || dialect.method(event) === 'HEAD' ? '' : given;
  if (process.env.GOBLET_OMIT_COMPRESSION !== '1') {
    const { compression } = visit.container.runtime;
    if (compression) body = compression.encode(body, headers, dialect.header(event, 'accept-encoding'));
  }
  const text = typeof body === 'string' ? body : asBuffer(body).toString('base64');
  const answer = dialect.result(event, status, headers, cookies, text, text !== body);
  if (text.length > 1_000_000 && Buffer.byteLength(JSON.stringify(answer)) > LARGEST_RESULT)
    throw new RangeError('GOBLET_RESULT_TOO_LARGE: over 6 MB; stream it');
  return answer;
}

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
