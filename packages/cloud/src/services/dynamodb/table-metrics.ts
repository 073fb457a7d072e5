import { AwsError } from '../../core/aws-error.js';
import type { Scope } from '../../core/operation.js';
import type { ServiceMetrics } from '../../core/service-metrics.js';

/** Measures an operation on items ("DynamoDB metrics and dimensions" of the DynamoDB developer guide). */
export async function measured<Output>(
  metrics: ServiceMetrics,
  scope: Scope,
  Operation: string,
  input: unknown,
  handle: () => Promise<Output>,
): Promise<Output> {
  const started = performance.now();
  const tables = tablesOf(input);
  try {
    const output = await handle();
    const items: unknown = Reflect.get(Object(output), 'Items');
    for (const TableName of tables) {
      const source = metrics.of('AWS/DynamoDB', scope, `${TableName} ${Operation}`, () => [{ TableName, Operation }]);
      source?.add('SuccessfulRequestLatency', 'Milliseconds', performance.now() - started);
      if (Array.isArray(items)) source?.add('ReturnedItemCount', 'Count', items.length);
    }
    return output;
  } catch (error) {
    const code = error instanceof AwsError ? error.code : '';
    if (code === 'ConditionalCheckFailedException') {
      for (const TableName of tables) {
        metrics
          .of('AWS/DynamoDB', scope, TableName, () => [{ TableName }])
          ?.add('ConditionalCheckFailedRequests', 'Count');
      }
    } else if (error instanceof AwsError && error.status < 500) {
      metrics.of('AWS/DynamoDB', scope, '', () => [{}])?.add('UserErrors', 'Count');
    }
    throw error;
  }
}

/** The tables that an input names, for itself or for batches and transactions. */
function tablesOf(input: unknown): readonly string[] {
  const { TableName, RequestItems } = Object(input);
  const named = typeof TableName === 'string' ? [TableName] : Object.keys(Object(RequestItems));
  return named.map((name) => name.split('/').at(-1) ?? name);
}
