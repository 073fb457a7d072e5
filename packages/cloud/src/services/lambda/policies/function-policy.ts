import type { FunctionReference } from '../functions/function-name.js';
import type { FunctionStore } from '../functions/function-store.js';
import { policyDocument } from './policy-record.js';

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
