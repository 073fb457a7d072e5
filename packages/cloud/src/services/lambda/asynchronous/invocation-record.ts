import { defined } from '../../../core/defined.js';
import { type FunctionReference, functionArn } from '../functions/function-name.js';

/** The reason why a destination receives an event. */
export type InvocationCondition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';

/** How the last invocation of an event ended. */
export interface EventAnswer {
  readonly executedVersion: string;
  readonly functionError?: string;
  /** Text of the JSON. */
  readonly payload: string;
}

/**
 * The message to the destination of an asynchronous event ("Asynchronous invocation" of the Lambda developer guide).
 */
export function invocationRecord(given: {
  readonly reference: FunctionReference;
  readonly requestId: string;
  /** Text of the JSON. */
  readonly payload: string;
  readonly condition: InvocationCondition;
  readonly invocations: number;
  /** None where the function never was invoked. */
  readonly answer: EventAnswer | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}): object {
  const { reference, answer } = given;
  return {
    version: '1.0',
    timestamp: new Date(given.now).toISOString(),
    requestContext: {
      requestId: given.requestId,
      functionArn: functionArn({ ...reference, qualifier: reference.qualifier ?? '$LATEST' }),
      condition: given.condition,
      approximateInvokeCount: given.invocations,
    },
    requestPayload: json(given.payload),
    ...(answer && {
      responseContext: {
        statusCode: 200,
        executedVersion: answer.executedVersion,
        ...defined({ functionError: answer.functionError }),
      },
      responsePayload: json(answer.payload),
    }),
  };
}

/** A function that streams may answer with anything, which then is text. */
function json(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}
