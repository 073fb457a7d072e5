import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { LambdaHandler } from '../lambda-types.js';
import type { Logger } from '../logger.js';
import type { LambdaContext } from '../route-types.js';
import type { StreamedResult } from './lambda-result.js';

/** What Lambda's Node.js runtime offers for response streaming ("Response streaming for Lambda functions"). */
interface AwsLambda {
  streamifyResponse(
    handler: (event: unknown, stream: Writable, context: LambdaContext) => Promise<void>,
  ): LambdaHandler;
  readonly HttpResponseStream: { from(stream: Writable, metadata: object): Writable };
}

async function write(body: AsyncIterable<string | Uint8Array>, to: Writable, log: Logger): Promise<void> {
  try {
    for await (const chunk of body) if (!to.write(chunk)) await once(to, 'drain');
    to.end();
  } catch (error) {
    // The status is sent already; a broken stream is all that can still be said.
    log.error('The response stream broke', { error });
    to.destroy(error instanceof Error ? error : new Error('The response stream broke'));
  }
}

/** A handler that streams. Only for a runtime that can, which has the global `awslambda`. */
export function streaming(handle: (event: unknown, context: LambdaContext) => unknown, log: Logger): LambdaHandler {
  const { awslambda } = globalThis as unknown as { readonly awslambda: AwsLambda };
  return awslambda.streamifyResponse(async (event, stream, context) => {
    const { body, stream: streamed, isBase64Encoded, ...metadata } = (await handle(event, context)) as StreamedResult;
    const out = awslambda.HttpResponseStream.from(stream, metadata);
    if (streamed) return write(streamed, out, log);
    out.end(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));
  });
}
