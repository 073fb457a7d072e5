import { type InvocationResult, StreamError } from '../../../runtime/invocation.js';

/** A function's answer in one piece. */
export interface FunctionAnswer {
  readonly payload: Uint8Array;
  /** Set where the function failed; `payload` is then `{ errorType, errorMessage, … }` in JSON. */
  readonly functionError?: 'Unhandled';
}

/** Gathers a response that a function streams. */
export async function answerOf(result: InvocationResult): Promise<FunctionAnswer> {
  if (result.kind === 'payload') {
    const { payload, functionError } = result;
    return { payload, ...(functionError && { functionError }) };
  }
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of result.body) chunks.push(chunk);
    return { payload: Buffer.concat(chunks) };
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
    return { payload: Buffer.from(error.details), functionError: 'Unhandled' };
  }
}
