import { AwsError } from '../../../core/aws-error.js';
import { parseJson } from '../../../core/json.js';
import { parsePolicy } from '../../../iam/index.js';
import { invalid } from '../events-error.js';
import type { BusRecord } from './bus-store.js';

/** The policy of a bus as text; undefined where it has none. */
export function busPolicy({ statements }: Pick<BusRecord, 'statements'>): string | undefined {
  return statements.length === 0 ? undefined : JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

export function sidOf(statement: unknown): unknown {
  return typeof statement === 'object' && statement !== null ? Reflect.get(statement, 'Sid') : undefined;
}

/** @throws AwsError ValidationException for text that is no policy of a resource */
export function parseStatements(policy: string): readonly unknown[] {
  try {
    parsePolicy(policy, 'resource');
  } catch (error) {
    if (error instanceof AwsError) throw invalid(`Parameter Policy is not valid. Reason: ${error.message}`);
    throw error;
  }
  const document: unknown = parseJson(policy);
  return [typeof document === 'object' && document !== null ? Reflect.get(document, 'Statement') : []].flat();
}
