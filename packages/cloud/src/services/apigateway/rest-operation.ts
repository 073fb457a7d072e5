import type { Access, Call, HttpBinding, Operation } from '../../core/operation.js';
import type { ApiStore } from './api-store.js';

interface Definition<Input extends object, Output> {
  readonly name: string;
  readonly http: HttpBinding;
  readonly parse: (raw: unknown) => Input;
  /** What else the caller must be allowed to do. */
  readonly alsoNeeds?: (input: Input, call: Call) => readonly Access[];
  readonly handle: (input: Input, call: Call, store: ApiStore) => Promise<Output>;
}

/**
 * An operation of API Gateway's control plane. IAM guards each by its HTTP method and path
 * (`apigateway:GET` on `arn:aws:apigateway:<region>::/restapis/<id>`); the input has a member for every label.
 */
export function restOperation<Input extends object, Output>(
  definition: Definition<Input, Output>,
): Operation<ApiStore, Input, Output> {
  const { name, http, parse, handle, alsoNeeds } = definition;
  return {
    name,
    http,
    parse,
    access: (input, call) => [
      {
        action: `apigateway:${http.method}`,
        resource: `arn:aws:apigateway:${call.region}::${filled(http.path, input)}`,
      },
      ...(alsoNeeds?.(input, call) ?? []),
    ],
    handle,
  };
}

function filled(path: string, input: object): string {
  const members = new Map(Object.entries(input));
  return path
    .replace(/\?.*$/, '')
    .replace(/^\/v2\//, '/')
    .replace(/\{([^}+]+)\+?\}/g, (_, label: string) => String(members.get(label)));
}
