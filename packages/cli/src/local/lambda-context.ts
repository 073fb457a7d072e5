import { randomUUID } from 'node:crypto';

/** The context object that Lambda passes to a handler (developer guide, "Node.js context object"), for a local call. */
export function lambdaContext(functionName: string, timeout: number) {
  const deadline = Date.now() + timeout;
  return {
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: '128',
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}
