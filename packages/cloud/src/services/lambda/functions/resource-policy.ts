import type { FunctionReference } from './function-name.js';
import type { FunctionStore } from './function-store.js';

/** Statements are never changed, only replaced; every invocation needs their text. */
const documents = new WeakMap<readonly unknown[], string>();

/** The resource policy in force for a function, or for the qualifier that a call names; JSON, or none. */
export async function policyOf(functions: FunctionStore, reference: FunctionReference): Promise<string | undefined> {
  const record = await functions.find(reference);
  const statements = record?.policies[reference.qualifier ?? '']?.statements;
  if (statements === undefined) return undefined;
  let document = documents.get(statements);
  if (document === undefined) {
    document = policyDocument(statements);
    documents.set(statements, document);
  }
  return document;
}

export function policyDocument(statements: readonly unknown[]): string {
  return JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements });
}
