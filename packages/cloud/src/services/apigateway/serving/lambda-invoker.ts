import { randomUUID } from 'node:crypto';
import type { CloudContext } from '../../../core/cloud.js';
import type { Scope } from '../../../core/operation.js';
import { type Invocation, type Invoker, payloadValue } from '../../execute-api/index.js';
import { isRecord } from '../../execute-api/record.js';

const FUNCTION_URI =
  /:lambda:path\/(?:2015-03-31|2021-11-15)\/functions\/(arn:aws[a-z-]*:lambda:([a-z0-9-]+):(\d{12}):function:.+)\/(response-streaming-)?invocations$/;

/** HTTP APIs also take the function's ARN as it is. */
const FUNCTION_ARN = /^(arn:aws[a-z-]*:lambda:([a-z0-9-]+):(\d{12}):function:.+)$/;

/**
 * Invokes Lambda functions as API Gateway does: as a service, for the method that was called, so that the function's
 * own policy decides.
 */
export function lambdaInvoker({ dispatch }: CloudContext, scope: Scope): Invoker {
  const targets = new Map<string, InvocationTarget>();
  return {
    invoke: async (uri, event, signal, sourceArn): Promise<Invocation> => {
      let target = targets.get(uri);
      if (target === undefined) {
        target = targetOf(uri);
        targets.set(uri, target);
      }
      const { arn, account, region, streams } = target;
      const requestId = randomUUID();
      const output = await dispatch(
        'lambda',
        streams ? 'InvokeWithResponseStream' : 'Invoke',
        {
          FunctionName: arn,
          InvocationType: 'RequestResponse',
          Payload: Buffer.from(JSON.stringify(event)),
        },
        {
          account,
          region,
          principal: { kind: 'service', account: scope.account, service: 'apigateway.amazonaws.com', sourceArn },
          requestId,
          sourceIp: 'apigateway.amazonaws.com',
          signal,
        },
      );
      const payload: unknown = output.Payload;
      const functionError: unknown = output.FunctionError;
      if (typeof functionError !== 'string' || functionError === '')
        return streams ? { stream: output.Stream, requestId } : { payload, requestId };
      const errorMessage = errorMessageOf(payload);
      return { functionError, requestId, ...(errorMessage !== undefined && { errorMessage }) };
    },
  };
}

interface InvocationTarget extends Scope {
  readonly arn: string;
  /** True if the response is passed on as it arrives. */
  readonly streams: boolean;
}

function targetOf(uri: string): InvocationTarget {
  const [, arn, region, account, streaming] = FUNCTION_URI.exec(uri) ?? FUNCTION_ARN.exec(uri) ?? [];
  if (arn === undefined || region === undefined || account === undefined)
    throw new Error(`${uri} is not the URI of a Lambda function`);
  return { arn, account, region, streams: streaming !== undefined };
}

function errorMessageOf(payload: unknown): string | undefined {
  try {
    const value = payloadValue(payload);
    return isRecord(value) && typeof value.errorMessage === 'string' ? value.errorMessage : undefined;
  } catch {
    return undefined;
  }
}
