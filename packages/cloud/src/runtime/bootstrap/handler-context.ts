import type { NextInvocation } from './runtime-client.js';

/** The results that a handler can report through its context or callback. */
export interface Outcome {
  readonly done: (error: unknown, result?: unknown) => void;
}

const { env } = process;
// These do not change between two events of an environment.
const functionName = env.AWS_LAMBDA_FUNCTION_NAME;
const functionVersion = env.AWS_LAMBDA_FUNCTION_VERSION;
const memoryLimitInMB = env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE;
const logGroupName = env.AWS_LAMBDA_LOG_GROUP_NAME;
const logStreamName = env.AWS_LAMBDA_LOG_STREAM_NAME;

/** The `context` argument, member by member as in Lambda's Node.js runtime. */
export function handlerContext({ headers, requestId }: NextInvocation, outcome: Outcome) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const clientContext = parsed(headers['lambda-runtime-client-context']);
  const identity = parsed(headers['lambda-runtime-cognito-identity']);
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion,
    functionName,
    memoryLimitInMB,
    logGroupName,
    logStreamName,
    clientContext,
    identity,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => deadline - Date.now(),
    succeed: (result: unknown) => outcome.done(null, result),
    fail: (error: unknown) => outcome.done(error ?? 'handled'),
    done: outcome.done,
  };
}

function parsed(json: string | undefined): unknown {
  return json === undefined || json === '' ? undefined : JSON.parse(json);
}
