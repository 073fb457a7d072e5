import { type AccessRow, type RowMaker, requestTags } from '../../core/access.js';
import type { Call, Operation, Scope } from '../../core/operation.js';
import { API_GATEWAY_V2, type Input, type OperationName, type Output } from '../../model/client-types.js';
import type { Constraints } from '../../model/constraints.js';
import { byName, type Members, operationsOf } from '../../model/operation.js';
import { serviceModel } from '../../model/service-model.js';
import type { ApiStore } from './api-store.js';
import { keysOfType } from './condition-keys.js';
import { PATCH_LIMITS } from './patch.js';
import { refuseInputOf } from './refusal.js';
import { resourcePath, resourceType } from './resource-path.js';

type Model = 'apigateway' | 'apigatewayv2';

/** The input that an operation works with: the SDK's, with what `parse` makes of some members in their place. */
type Parsed<Taken, Made> = Omit<Taken, keyof Made> & Made;

interface Definition<Taken, Made, Answered> {
  /** AWS's name: `CreateRestApi` */
  readonly name: string;
  /** Limits of the members; those of patch operations apply to every operation. */
  readonly limits?: Constraints<Taken>;
  /** Reads members once. What it does not give stays as the SDK types it. @default - nothing */
  readonly parse?: (input: Taken, scope: Scope) => Made;
  /** Further permissions that the caller needs. */
  readonly alsoNeeds?: (
    row: RowMaker<ApiStore, Parsed<Taken, Made>>,
  ) => readonly AccessRow<ApiStore, Parsed<Taken, Made>>[];
  readonly handle: (input: Parsed<Taken, Made>, call: Call, store: ApiStore) => Answered | Promise<Answered>;
}

type ApiOperationMaker<M extends Model> = <
  const Name extends OperationName<M>,
  Made extends object = Record<never, never>,
>(
  definition: Definition<Input<M, Name>, Made, Output<M, Name>> & { readonly name: Name },
) => Operation<ApiStore, Parsed<Input<M, Name>, Made>, Output<M, Name>>;

/** Operations whose action is not on the type of their path, in AWS's service authorization reference. */
const TYPES_OF_OPERATIONS: Readonly<Record<string, string>> = {
  ImportDocumentationParts: 'restapi',
  TestInvokeAuthorizer: 'authorizers',
  TestInvokeMethod: 'resource',
};

/** The method and the path by which IAM knows an operation. */
function guardOf(model: Model, name: string) {
  const { method, uri } = serviceModel(model).operations[name]?.http ?? { method: '', uri: '' };
  const type = TYPES_OF_OPERATIONS[name] ?? resourceType(uri);
  return { action: `apigateway:${method}`, method, path: resourcePath(uri), type };
}

/**
 * Makes operations of API Gateway's control plane. IAM guards each by its HTTP method and path, which are in the model:
 * `apigateway:GET` on `arn:aws:apigateway:<region>::/restapis/<id>`.
 */
function apiOperations<M extends Model>(model: M, prefix?: string): ApiOperationMaker<M> {
  const make = ({ name, limits, parse, alsoNeeds, handle }: Definition<Members, Members, unknown>) => {
    const operation = byName(operationsOf<ApiStore, M>(model, refuseInputOf(model, name), prefix));
    return operation<Members>({
      name,
      limits: { ...PATCH_LIMITS, ...limits },
      parse: (input, scope) => ({ ...input, ...parse?.(input, scope) }),
      access: (row) => {
        const { action, method, path, type } = guardOf(model, name);
        return [
          row({
            action,
            type,
            on: (input, { region }) => ({ resource: `arn:aws:apigateway:${region}::${filled(path, input)}` }),
            keys: { ...keysOfType(type), ...(method !== 'GET' && TAG_KEYS) },
          }),
          ...(alsoNeeds?.(row) ?? []),
        ];
      },
      handle,
    });
  };
  // The maker's type gives each definition the types of its name, which only the names themselves know.
  return make as unknown as ApiOperationMaker<M>;
}

/** Makes the operations of REST APIs. */
export const restOperation = apiOperations('apigateway');

/** Makes the operations of HTTP APIs, whose names have `V2` before them: both models have `CreateStage` and others. */
export const httpOperation = apiOperations('apigatewayv2', API_GATEWAY_V2);

/** The same maker, for operations whose names are data: input and output are checked by the model alone. */
export const httpOperationByName = httpOperation as unknown as (
  definition: Definition<Members, Members, unknown>,
) => Operation<ApiStore, Members, unknown>;

/** The tags that a request brings. */
const TAG_KEYS = requestTags(({ tags, Tags }: Members) => {
  const given = tags ?? Tags;
  return typeof given === 'object' && given !== null
    ? Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)]))
    : undefined;
});

function filled(path: string, input: Members): string {
  return path.replace(/\{([^}+]+)\+?\}/g, (_, label: string) => String(input[label]));
}
