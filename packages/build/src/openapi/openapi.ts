import { stringify } from 'yaml';
import { routeTypeName } from '../evaluate/schema-names.js';
import type { Inventory, InventoryRoute } from '../inventory.js';
import { Components } from './components.js';
import { requestParts } from './request.js';
import { responsesOf } from './responses.js';
import type { SchemaObject } from './schema-object.js';
import { type SecurityScheme, securityRequirements, securitySchemes } from './security.js';

/** Facts of the OpenAPI document that the app does not have. */
export interface OpenApiOptions {
  /** The version of the API, not of OpenAPI. @default '1.0.0' */
  readonly version?: string;
  readonly description?: string;
  /**
   * URLs of the API, with their stages.
   * @default - none: relative to the document
   */
  readonly servers?: readonly string[];
}

/** An OpenAPI 3.1 document. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly servers?: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, SchemaObject>>;
    readonly securitySchemes?: Readonly<Record<string, SecurityScheme>>;
  };
}

/**
 * The API for people and clients: every route with its schemas as named components, its authorizers, and the problem
 * documents (RFC 9457) with which it answers. For the document that API Gateway imports, see `apiDefinition`.
 * @example const document = openApi(inventory, { version: '2.1.0' });
 */
export function openApi(inventory: Inventory, options: OpenApiOptions = {}): OpenApiDocument {
  const components = new Components(inventory.schemas);
  const ids = new Set<string>();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of inventory.routes) {
    const path = route.path.replaceAll('+}', '}');
    paths[path] ??= {};
    paths[path][route.method.toLowerCase()] = operation(route, inventory, components, ids);
  }
  const schemes = securitySchemes(inventory);
  return {
    openapi: '3.1.0',
    info: {
      title: inventory.name,
      version: options.version ?? '1.0.0',
      ...(options.description === undefined ? {} : { description: options.description }),
    },
    ...(options.servers === undefined ? {} : { servers: options.servers.map((url) => ({ url })) }),
    paths,
    components: {
      schemas: components.all(),
      ...(Object.keys(schemes).length === 0 ? {} : { securitySchemes: schemes }),
    },
  };
}

function operation(route: InventoryRoute, inventory: Inventory, components: Components, ids: Set<string>): object {
  const security = securityRequirements(route, inventory);
  return {
    operationId: operationId(route, ids),
    ...(route.summary === undefined ? {} : { summary: route.summary }),
    ...(route.description === undefined ? {} : { description: route.description }),
    ...(route.tags === undefined ? {} : { tags: route.tags }),
    ...requestParts(route, components),
    responses: responsesOf(route, inventory, components),
    ...(security.length === 0 ? {} : { security }),
  };
}

/** The name of the route's export, else one derived from its method and path; unique in the document. */
function operationId({ method, path, handle }: InventoryRoute, ids: Set<string>): string {
  const name = routeTypeName(method, path, undefined);
  const wanted = handle ?? name.slice(0, 1).toLowerCase() + name.slice(1);
  let id = wanted;
  for (let n = 2; ids.has(id); n += 1) id = `${wanted}${n}`;
  ids.add(id);
  return id;
}

/**
 * The document as text, with a newline at the end.
 * @example writeFileSync('openapi.yaml', renderDocument(openApi(inventory), 'yaml'));
 */
export function renderDocument(document: object, format: 'json' | 'yaml'): string {
  return format === 'json'
    ? `${JSON.stringify(document, null, 2)}\n`
    : stringify(document, { aliasDuplicateObjects: false });
}
