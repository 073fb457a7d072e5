import type * as lambda from 'aws-cdk-lib/aws-lambda';

/** Says what Lambda does with events that the function did not handle, where the binding says so. */
export function asynchronously(fn: lambda.Function, options: lambda.EventInvokeConfigOptions): void {
  if (Object.keys(options).length > 0) fn.configureAsyncInvoke(options);
}
