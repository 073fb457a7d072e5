import { isObject, parseJson } from '../../../../core/json.js';
import { randomId } from '../../../../core/random-id.js';
import { restOperation } from '../../api-operation.js';
import { restPage } from '../../page.js';
import { invalidPatch, readPatches } from '../../patch.js';
import type { ModelRecord, RestApiRecord } from '../../records/rest-api.js';
import { badRequest, conflict, notFound } from '../../refusal.js';
import * as find from '../find.js';
import { modelsOf } from '../models.js';

function model(api: RestApiRecord, name: string): ModelRecord {
  const models = modelsOf(api);
  const found = Object.hasOwn(models, name) ? models[name] : undefined;
  if (found === undefined) throw notFound(`Invalid model name specified: ${name}`);
  return found;
}

function checkSchema(schema: string | undefined): string {
  if (schema === undefined || schema === '')
    throw badRequest('Model schema must have at least 1 property or array items defined');
  let parsed: unknown;
  try {
    parsed = parseJson(schema);
  } catch {
    throw badRequest('Invalid model schema specified. Schema must be valid JSON');
  }
  if (!isObject(parsed)) throw badRequest('Invalid model schema specified. Schema must be a JSON object');
  return schema;
}

const withModels = (api: RestApiRecord, models: Readonly<Record<string, ModelRecord>>): RestApiRecord => ({
  ...api,
  models,
});

export const createModel = restOperation({
  name: 'CreateModel',
  handle: ({ restApiId, name, description, schema, contentType }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      if (name === '') throw badRequest('Model name must be non-empty');
      if (!/^[A-Za-z0-9]+$/.test(name)) throw badRequest(`Model name must be alphanumeric: ${name}`);
      const models = modelsOf(api);
      const made: ModelRecord = {
        id: randomId.lower(6),
        name,
        contentType,
        schema: checkSchema(schema),
        ...(description !== undefined && description !== '' && { description }),
      };
      if (Object.hasOwn(models, name)) throw conflict('Model name already exists for this REST API');
      await store.put(call, 'restApi', restApiId, withModels(api, { ...models, [name]: made }));
      return made;
    }),
});

export const getModel = restOperation({
  name: 'GetModel',
  handle: async ({ restApiId, modelName }, call, store) => {
    const api = await store.get(call, 'restApi', restApiId);
    // AWS does not say that there is no such API.
    if (api === undefined) throw notFound(`Invalid model name specified: ${modelName}`);
    return model(api, modelName);
  },
});

export const getModels = restOperation({
  name: 'GetModels',
  handle: async ({ restApiId, ...page }, call, store) =>
    restPage(
      ['GetModels', restApiId],
      page,
      Object.values(modelsOf(await find.restApi(store, call, restApiId))),
      ({ name }) => name,
      (record) => record,
    ),
});

/** The template that the console offers for a model. */
export const getModelTemplate = restOperation({
  name: 'GetModelTemplate',
  handle: async ({ restApiId, modelName }, call, store) => {
    model(await find.restApi(store, call, restApiId), modelName);
    return { value: "#set($inputRoot = $input.path('$'))\n{ }" };
  },
});

const PATCHES = ['/description', '/schema'];

export const updateModel = restOperation({
  name: 'UpdateModel',
  parse: ({ patchOperations }) => ({ patches: readPatches(patchOperations) }),
  handle: ({ restApiId, modelName, patches }, call, store) =>
    store.change(async () => {
      const api = await store.get(call, 'restApi', restApiId);
      if (api === undefined) throw notFound(`Invalid model name specified: ${modelName}`);
      let record = model(api, modelName);
      for (const patch of patches) {
        if (patch.op !== 'replace' || !PATCHES.includes(patch.path)) throw invalidPatch(patch, PATCHES);
        record =
          patch.path === '/schema'
            ? { ...record, schema: checkSchema(patch.value) }
            : { ...record, description: patch.value };
      }
      await store.put(call, 'restApi', restApiId, withModels(api, { ...modelsOf(api), [modelName]: record }));
      return record;
    }),
});

export const deleteModel = restOperation({
  name: 'DeleteModel',
  handle: ({ restApiId, modelName }, call, store) =>
    store.change(async () => {
      const api = await store.get(call, 'restApi', restApiId);
      if (api === undefined) throw notFound(`Invalid model name specified: ${modelName}`);
      model(api, modelName);
      // AWS names the resource that was made last.
      for (const { path, methods } of Object.values(api.resources).reverse()) {
        for (const [httpMethod, { requestModels = {} }] of Object.entries(methods)) {
          if (Object.values(requestModels).includes(modelName))
            throw conflict(
              `Cannot delete model '${modelName}', is referenced in method request: ${path}/${httpMethod}`,
            );
        }
      }
      const { [modelName]: _, ...models } = modelsOf(api);
      await store.put(call, 'restApi', restApiId, withModels(api, models));
    }),
});
