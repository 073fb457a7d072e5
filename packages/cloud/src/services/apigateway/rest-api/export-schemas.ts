import { isObject, parseJson } from '../../../core/json.js';
import type { ApiModel } from '../../execute-api/index.js';

const MODEL_REFERENCE = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([^/]+)$/;

/** The schemas of the models that the routes of an API lead to, by their names. @param prefix of references to them */
export function exportedSchemas({ routes, models = {} }: ApiModel, prefix: string): Readonly<Record<string, unknown>> {
  const named = routes.flatMap(({ requestModels = {}, methodResponses }) => [
    ...Object.values(requestModels),
    ...Object.values(methodResponses).flatMap(({ responseModels = {} }) => Object.values(responseModels)),
  ]);
  const reached = new Map<string, unknown>();
  const reach = (name: string): void => {
    const model = Object.hasOwn(models, name) ? models[name] : undefined;
    if (model === undefined || reached.has(name)) return;
    reached.set(name, undefined);
    reached.set(name, localReferences(parseJson(model.schema), prefix, reach));
  };
  for (const name of named) reach(name);
  return Object.fromEntries(
    Object.keys(models).flatMap((name) => (reached.has(name) ? [[name, reached.get(name)]] : [])),
  );
}

function localReferences(schema: unknown, prefix: string, reach: (name: string) => void): unknown {
  if (Array.isArray(schema)) return schema.map((each) => localReferences(each, prefix, reach));
  if (!isObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([name, value]) => {
      if (name === '$schema') return [];
      const model = name === '$ref' && typeof value === 'string' ? MODEL_REFERENCE.exec(value)?.[1] : undefined;
      if (model === undefined) return [[name, localReferences(value, prefix, reach)]];
      reach(model);
      return [[name, `${prefix}${model}`]];
    }),
  );
}
