import type {
  BodyDefinition,
  CorsDefinition,
  RouteDefinition,
  RouteDefinitionOptions,
  Schema,
} from 'goblet/definition';
import type { InventoryBody, InventoryCors, InventoryResponse, InventoryRoute } from '../inventory.js';
import { isSchema } from './json-schema.js';
import { routeTypeName, type SchemaNames } from './schema-names.js';
import { projectLine } from './source-line.js';

export function describeRoute(
  route: RouteDefinition,
  handle: string | undefined,
  names: SchemaNames,
  project: string,
): InventoryRoute {
  const { options } = route;
  const typeName = routeTypeName(route.method, route.path, handle);
  const named = (schema: Schema | undefined, suffix: string) =>
    schema === undefined ? undefined : names.name(schema, `${typeName}${suffix}`);
  return dropUndefined({
    method: route.method,
    path: route.path,
    function: route.function,
    auth: route.auth,
    scopes: options.scopes,
    handle,
    summary: options.summary,
    description: options.description,
    tags: options.tags,
    stream: options.stream,
    cors: route.cors === undefined ? undefined : describeCors(route.cors),
    body: options.body === undefined ? undefined : describeBody(options.body, named),
    query: named(options.query, 'Query'),
    params: named(options.params, 'Params'),
    headers: named(options.headers, 'Headers'),
    responses: describeResponses(options, named),
    errors: (options.errors ?? []).map(({ code, status, title }) => ({ code, status, title })),
    source: projectLine(route.source, project),
  });
}

type Named = (schema: Schema | undefined, suffix: string) => string | undefined;

function describeBody(body: Schema | BodyDefinition, named: Named): InventoryBody {
  if (isSchema(body))
    return dropUndefined({ kind: 'json', contentTypes: ['application/json'], schema: named(body, 'Body') });
  return dropUndefined({ kind: body.kind, contentTypes: body.contentTypes, schema: named(body.schema, 'Body') });
}

function describeResponses(options: RouteDefinitionOptions, named: Named): readonly InventoryResponse[] {
  const { response } = options;
  if (response === undefined) return options.status === undefined ? [] : [{ status: options.status }];
  if (isSchema(response))
    return [dropUndefined({ status: options.status ?? 200, schema: named(response, 'Response') })];
  return Object.entries(response).map(([status, schema]) =>
    dropUndefined({ status: Number(status), schema: named(schema, `Response${status}`) }),
  );
}

function describeCors(cors: CorsDefinition): InventoryCors {
  return dropUndefined({
    origins: cors.origins,
    headers: cors.headers,
    exposeHeaders: cors.exposeHeaders,
    maxAge: cors.maxAge,
    credentials: cors.credentials,
  });
}

type Defined<T> = { readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

function dropUndefined<const T extends object>(record: T): Defined<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Defined<T>;
}
