import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LambdaContext } from '../declare/route-types.js';
import type { LambdaHandler } from '../lambda/lambda-types.js';
import type { Logger } from '../lambda/logger.js';
import type { StreamedResult } from './lambda-result.js';

/** What Lambda's Node.js runtime offers for response streaming ("Response streaming for Lambda functions"). */
interface AwsLambda {
  streamifyResponse(
    handler: (event: unknown, stream: Writable, context: LambdaContext) => Promise<void>,
  ): LambdaHandler;
  readonly HttpResponseStream: { from(stream: Writable, metadata: object): Writable };
}

/** A handler that sends its response as it comes. Only for a runtime that can, which has the global `awslambda`. */
export function streaming(handle: (event: unknown, context: LambdaContext) => unknown, log: Logger): LambdaHandler {
  const { awslambda } = globalThis as unknown as { readonly awslambda: AwsLambda };
  return awslambda.streamifyResponse(async (event, stream, context) => {
    const { body, stream: streamed, isBase64Encoded, ...metadata } = (await handle(event, context)) as StreamedResult;
    const out = awslambda.HttpResponseStream.from(stream, metadata);
    // Status and headers go with the first write, and would be lost with an `end` that comes without one
    // (aws-lambda-nodejs-runtime-interface-client, issue 97).
    out.write(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));
    if (!streamed) {
      out.end();
      return;
    }
    try {
      await pipeline(streamed, out);
    } catch (error) {
      // The status is sent already; a broken stream is all that can still be said.
      log.error('The response stream broke', { error, requestId: context?.awsRequestId });
    }
  });
}
