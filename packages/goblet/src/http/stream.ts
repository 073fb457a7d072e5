import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LambdaContext } from '../declare/route-types.js';
import type { LambdaHandler } from '../lambda/lambda-types.js';
import type { Logger } from '../lambda/logger.js';
import type { StreamedResult } from './lambda-result.js';

/** The response streaming API of Lambda's Node.js runtime ("Response streaming for Lambda functions"). */
interface AwsLambda {
  streamifyResponse(
    handler: (event: unknown, stream: Writable, context: LambdaContext) => Promise<void>,
  ): LambdaHandler;
  readonly HttpResponseStream: { from(stream: Writable, metadata: object): Writable };
}

/** A handler that sends its response as it is produced. It needs a runtime with the global `awslambda`. */
export function streaming(handle: (event: unknown, context: LambdaContext) => unknown, log: Logger): LambdaHandler {
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
      log.error('The response stream broke', { error, requestId: context?.awsRequestId });
    }
  });
}
