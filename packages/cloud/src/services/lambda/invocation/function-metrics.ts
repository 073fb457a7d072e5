import type { CloudContext } from '../../../core/cloud.js';
import type { Scope } from '../../../core/operation.js';
import type { Dimensions } from '../../../core/service-metrics.js';
import type { InvocationResult } from '../../../runtime/invocation.js';

/** The metrics of one invocation ("Types of metrics for Lambda functions" of the Lambda developer guide). */
export interface FunctionMetrics {
  /** Counts a throttle if `take` throws. */
  readonly throttledOr: <Taken>(take: () => Taken) => Taken;
  /** @param invocations of the function, this one included */
  readonly running: (invocations: number) => void;
  readonly ended: (result: InvocationResult) => void;
}

/** @param invokedArn with the qualifier by which the function was called */
export function functionMetrics(
  { metrics }: Pick<CloudContext, 'metrics'>,
  scope: Scope,
  name: string,
  invokedArn: string,
): FunctionMetrics {
  const qualifier = invokedArn.split(':')[7];
  const resource = qualifier === undefined ? name : `${name}:${qualifier}`;
  const source = metrics.of('AWS/Lambda', scope, resource, (): readonly Dimensions[] => [
    { FunctionName: name },
    { FunctionName: name, Resource: resource },
    {},
  ]);
  const ended = (isError: boolean, duration: number | undefined): void => {
    source?.add('Invocations', 'Count');
    source?.add('Errors', 'Count', isError ? 1 : 0);
    if (duration !== undefined) source?.add('Duration', 'Milliseconds', duration);
  };
  return {
    throttledOr: (take) => {
      try {
        return take();
      } catch (error) {
        source?.add('Throttles', 'Count');
        throw error;
      }
    },
    running: (invocations) => source?.add('ConcurrentExecutions', 'Count', invocations),
    ended: (result) => {
      if (result.kind === 'payload') return ended(result.functionError !== undefined, result.duration);
      const started = performance.now();
      void result.finished.then(() => ended(false, performance.now() - started));
    },
  };
}
