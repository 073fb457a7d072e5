import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AnyApp } from '../declare/app-types.js';
import type { LambdaContext } from '../declare/route-types.js';
import { containerOf } from '../lambda/container.js';
import type { LambdaHandler } from '../lambda/lambda-types.js';
import type { Exchange } from './exchange.js';
import type { LambdaResult, StreamedResult } from './lambda-result.js';
import type { Stream } from './outcome.js';

/** The response streaming API of Lambda's Node.js runtime ("Response streaming for Lambda functions"). */
interface AwsLambda {
  streamifyResponse(
    handler: (event: unknown, stream: Writable, context: LambdaContext) => Promise<void>,
  ): LambdaHandler;
  readonly HttpResponseStream: { from(stream: Writable, metadata: object): Writable };
}

/** True if the function streams, in a runtime that supports it: Lambda's, and a local server that works like it. */
export const streams = (app: AnyApp, functionName: string | undefined): boolean =>
  'awslambda' in globalThis &&
  containerOf(app).runtime.routes.some((route) => route.options.stream && route.function === functionName);

/** The handler of a function that streams: it sends its response as it is produced. */
export function streaming(
  handle: LambdaHandler,
  app: AnyApp,
  functionName: string | undefined,
): LambdaHandler | undefined {
  if (!streams(app, functionName)) return undefined;
  const { awslambda } = globalThis as unknown as { readonly awslambda: AwsLambda };
  return awslambda.streamifyResponse(async (event, stream, context) => {
    const { body, stream: streamed, isBase64Encoded, ...metadata } = (await handle(event, context)) as StreamedResult;
    const out = awslambda.HttpResponseStream.from(stream, metadata);
    // Status and headers are sent with the first write, and would be lost if `end` came without one
    // (aws-lambda-nodejs-runtime-interface-client, issue 97).
    out.write(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));
    if (!streamed) {
      out.end();
      return;
    }
    try {
      await pipeline(streamed, out);
    } catch (error) {
      // The status has been sent; breaking the stream is the only signal that is left.
      containerOf(app).log.error('The response stream broke', { error, requestId: context?.awsRequestId });
    }
  });
}

/**
 * The result whose body is passed on unread, if the exchange streams.
 * @param head the result without its body
 */
export function streamed(
  body: Stream,
  exchange: Exchange,
  head: () => LambdaResult,
): Promise<StreamedResult> | undefined {
  if (!exchange.streaming) return undefined;
  return opened(body, exchange).then((stream) => ({ ...head(), stream }));
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
