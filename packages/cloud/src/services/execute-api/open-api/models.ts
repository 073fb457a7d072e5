import { defined } from '../../../core/defined.js';
import { isObject } from '../../../core/json.js';
import type { BodyModel } from '../model.js';
import { list, object, optionalText } from './json.js';

type Json = Readonly<Record<string, unknown>>;

/** Stands in references between models for the id of the API, which an import does not know. */
export const API_ID = '{restApiId}';

const JSON_TYPE = 'application/json';

export interface ImportedModels {
  readonly models: Readonly<Record<string, BodyModel>>;
  /** Models of an operation's body by content type. A schema that is written out becomes a model of its own. */
  readonly ofRequest: (operation: Json, where: string) => Readonly<Record<string, string>>;
  /** Models that one response of an operation refers to, by content type. */
  readonly ofResponse: (operation: Json, response: Json, where: string) => Readonly<Record<string, string>>;
}

/** Reads `components.schemas` (3.0) or `definitions` (2.0), and the bodies that refer to them. */
export function readModels(raw: Json): ImportedModels {
  const schemas = object(
    raw.openapi === undefined ? raw.definitions : object(raw.components, 'components').schemas,
    'schemas',
  );
  const models: Record<string, BodyModel> = {};
  const add = (name: string, schema: unknown) => {
    const description = isObject(schema) && typeof schema.description === 'string' ? schema.description : undefined;
    models[name] = {
      contentType: JSON_TYPE,
      schema: JSON.stringify(withReferences(schema)),
      ...defined({ description }),
    };
  };
  for (const [name, schema] of Object.entries(schemas)) add(name, schema);
  const nameOf = (schema: unknown): string | undefined => {
    if (!isObject(schema)) return undefined;
    const reference = typeof schema.$ref === 'string' ? modelName(schema.$ref) : undefined;
    if (reference !== undefined) return reference;
    const name = `MODEL${Object.keys(models).length.toString(36)}`;
    add(name, schema);
    return name;
  };
  return {
    models,
    ofResponse: (operation, response, where) => {
      const content = Object.entries(object(response.content, where));
      const produced = list(operation.produces ?? raw.produces, where).map((type) => optionalText(type, where) ?? '');
      const types = produced.length > 0 ? produced : [JSON_TYPE];
      const entries = [
        ...content.map(([type, media]) => [type, object(media, where).schema] as const),
        ...types.map((type) => [type, response.schema] as const),
      ];
      return Object.fromEntries(
        entries.flatMap(([type, schema]) => {
          const name = isObject(schema) && typeof schema.$ref === 'string' ? modelName(schema.$ref) : undefined;
          return name === undefined ? [] : [[type.toLowerCase(), name]];
        }),
      );
    },
    ofRequest: (operation, where) => {
      const byType: Record<string, string> = {};
      const content = object(object(operation.requestBody, where).content, where);
      const entries = Object.entries(content).map(([type, media]) => [type, object(media, where).schema] as const);
      const body = list(operation.parameters, where).find((entry) => object(entry, where).in === 'body');
      const consumed = list(operation.consumes ?? raw.consumes, where).map((type) => optionalText(type, where) ?? '');
      if (body !== undefined) {
        const types = consumed.length > 0 ? consumed : [JSON_TYPE];
        entries.push(...types.map((type) => [type, object(body, where).schema] as const));
      }
      for (const [type, schema] of entries) {
        const name = nameOf(schema);
        if (name !== undefined) byType[type.toLowerCase()] = name;
      }
      return byType;
    },
  };
}

/** As API Gateway's parser keeps them: sorted, and of the properties that there are. */
function requiredNames(names: readonly unknown[], properties: unknown): readonly unknown[] {
  const known = isObject(properties) ? names.filter((name) => Object.hasOwn(properties, String(name))) : names;
  return [...known].sort();
}

function modelName(reference: string): string | undefined {
  return /^#\/(?:components\/schemas|definitions)\/([^/]+)$/.exec(reference)?.[1];
}

/** A schema whose references are those of API Gateway's models. */
function withReferences(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withReferences);
  if (!isObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) => {
      const model = name === '$ref' && typeof value === 'string' ? modelName(value) : undefined;
      if (name === 'required' && Array.isArray(value)) return [name, requiredNames(value, schema.properties)];
      if (model === undefined) return [name, withReferences(value)];
      return [name, `https://apigateway.amazonaws.com/restapis/${API_ID}/models/${model}`];
    }),
  );
}
