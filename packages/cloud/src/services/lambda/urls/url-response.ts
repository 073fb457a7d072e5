import type { HttpResponse } from '../../../core/http.js';
import { type InvocationResult, StreamError } from '../../../runtime/invocation.js';
import { payloadValue, responseV2, streamResponse } from '../../execute-api/index.js';
import { answerOf } from '../invocation/function-answer.js';
import type { FunctionUrl } from './function-url.js';

type Responded = HttpResponse | { readonly malformed: string };

/** The content type by which a stream says that it begins with its status and headers. */
const WITH_HEAD = 'application/vnd.awslambda.http-integration-response';

/** The HTTP response of a function's result, or why there is none. */
export async function urlResponse(result: InvocationResult, { invokeMode }: FunctionUrl): Promise<Responded> {
  return invokeMode === 'RESPONSE_STREAM' ? streamed(result) : buffered(result);
}

async function buffered(result: InvocationResult): Promise<Responded> {
  const { payload, functionError } = await answerOf(result);
  if (functionError) return { malformed: Buffer.from(payload).toString() };
  try {
    return responseV2(payloadValue(payload), 'application/json');
  } catch {
    return responseV2(Buffer.from(payload).toString());
  }
}

/** The function's output is passed on as it arrives; its result is passed on unchanged. */
async function streamed(result: InvocationResult): Promise<Responded> {
  if (result.kind === 'payload') {
    const { payload, functionError } = result;
    if (functionError) return { malformed: Buffer.from(payload).toString() };
    return { status: 200, headers: [['content-type', 'application/json']], body: payload };
  }
  const { contentType, body } = result;
  if (contentType !== WITH_HEAD) return { status: 200, headers: [['content-type', contentType]], body };
  try {
    return await streamResponse(body);
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
    return { malformed: error.details };
  }
}
