import { type AccessRow, type RowMaker, requestTags } from '../../core/access.js';
import type { Call, HttpBinding, Operation } from '../../core/operation.js';
import type { ApiStore } from './api-store.js';
import { keysOfType } from './condition-keys.js';
import { resourcePath, resourceType } from './resource-path.js';

interface Definition<Input extends object, Output> {
  readonly name: string;
  readonly http: HttpBinding;
  readonly parse: (raw: unknown) => Input;
  /** Further permissions that the caller needs. */
  readonly alsoNeeds?: (row: RowMaker<ApiStore, Input>) => readonly AccessRow<ApiStore, Input>[];
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
  const type = resourceType(http.path);
  return {
    name,
    http,
    parse,
    access: (row) => [
      row({
        action: `apigateway:${http.method}`,
        type,
        on: (input, call) => ({
          resource: `arn:aws:apigateway:${call.region}::${filled(resourcePath(http.path), input)}`,
        }),
        keys: { ...keysOfType(type), ...(http.method !== 'GET' && tagKeys) },
      }),
      ...(alsoNeeds?.(row) ?? []),
    ],
    handle,
  };
}

/** The tags that a request brings, or the keys of those that it takes away. */
const tagKeys = {
  ...requestTags((input: object) => {
    const tags: unknown = Object.hasOwn(input, 'tags') ? Reflect.get(input, 'tags') : undefined;
    return typeof tags === 'object' && tags !== null ? Object.fromEntries(Object.entries(tags)) : undefined;
  }),
  'aws:TagKeys': ({ input }: { readonly input: object }) => {
    const keys: unknown = Object.hasOwn(input, 'tags')
      ? Object.keys(Object(Reflect.get(input, 'tags')))
      : Reflect.get(input, 'keys');
    return Array.isArray(keys) ? keys.map(String) : undefined;
  },
};

function filled(path: string, input: object): string {
  const members = new Map(Object.entries(input));
  return path.replace(/\{([^}+]+)\+?\}/g, (_, label: string) => String(members.get(label)));
}
