import type { InventoryBody, InventoryRoute } from '../inventory.js';
import type { Components } from './components.js';
import { isRecord, type SchemaObject } from './schema-object.js';

/** The parameters and the body of a route's operation. */
export function requestParts(route: InventoryRoute, components: Components): object {
  const parameters = [
    ...pathParameters(route, components),
    ...fieldParameters('query', route.query, components),
    ...fieldParameters('header', route.headers, components),
  ];
  return {
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined ? {} : { requestBody: requestBody(route.body, components) }),
  };
}

/** Every variable of the path, described by the `params` schema if the route has one. */
function pathParameters(route: InventoryRoute, components: Components): readonly object[] {
  const fields = objectFields(route.params, components);
  return [...route.path.matchAll(/\{([^}]+?)(\+?)\}/g)].map(([, name = '', greedy]) => ({
    name,
    in: 'path',
    required: true,
    ...(greedy === '+' ? { description: 'May contain slashes.' } : {}),
    schema: (Object.hasOwn(fields.properties, name) ? fields.properties[name] : undefined) ?? { type: 'string' },
  }));
}

function fieldParameters(
  place: 'query' | 'header',
  schema: string | undefined,
  components: Components,
): readonly object[] {
  const { properties, required } = objectFields(schema, components);
  return Object.entries(properties).map(([name, field]) => {
    const { description, ...rest } = isRecord(field) ? field : {};
    return {
      name,
      in: place,
      ...(required.includes(name) ? { required: true } : {}),
      ...(typeof description === 'string' ? { description } : {}),
      schema: rest,
    };
  });
}

interface ObjectFields {
  readonly properties: Readonly<Record<string, SchemaObject>>;
  readonly required: readonly string[];
}

/** The fields of an object schema. Parameters are written one by one, so that schema is not a component. */
function objectFields(name: string | undefined, components: Components): ObjectFields {
  const schema = name === undefined ? undefined : components.inputInFull(name);
  if (schema === undefined || !isRecord(schema.properties)) return { properties: {}, required: [] };
  return {
    properties: schema.properties as ObjectFields['properties'],
    required: Array.isArray(schema.required) ? schema.required : [],
  };
}

const MEDIA_TYPES = {
  json: ['application/json'],
  form: ['application/x-www-form-urlencoded'],
  multipart: ['multipart/form-data'],
  raw: ['*/*'],
} as const satisfies Readonly<Record<InventoryBody['kind'], readonly string[]>>;

function requestBody(body: InventoryBody, components: Components): object {
  const schema = body.schema === undefined ? undefined : components.input(body.schema);
  const mediaTypes = body.contentTypes.length === 0 ? MEDIA_TYPES[body.kind] : body.contentTypes;
  return {
    required: true,
    content: Object.fromEntries(mediaTypes.map((type) => [type, schema === undefined ? {} : { schema }])),
  };
}
