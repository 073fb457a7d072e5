import type { FunctionReference } from './function-name.js';
import type { LambdaState } from './service-state.js';

/** The resource policy in force for a function, or for the qualifier that a call names; JSON, or none. */
export async function policyOf(state: LambdaState, reference: FunctionReference): Promise<string | undefined> {
  const record = await state.functions.find(reference);
  const statements = record?.policies[reference.qualifier ?? '']?.statements;
  return statements === undefined ? undefined : policyDocument(statements);
}

export function policyDocument(statements: readonly unknown[]): string {
  return JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements });
}
