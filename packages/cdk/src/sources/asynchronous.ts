import type * as lambda from 'aws-cdk-lib/aws-lambda';

/** Configures what Lambda does with events that the function did not handle, if the binding has such options. */
export function asynchronously(fn: lambda.Function, options: lambda.EventInvokeConfigOptions): void {
  if (Object.keys(options).length > 0) fn.configureAsyncInvoke(options);
}
