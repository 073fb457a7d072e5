import { parseJson } from '../../../../core/json.js';
import type { Input } from '../../../../model/client-types.js';
import { httpOperation } from '../../api-operation.js';
import { checkLength } from '../../http-api/limits.js';
import type { ModelRecord } from '../../records/rest-api.js';
import type { WebSocketApiRecord } from '../../records/web-socket-api.js';
import { badRequest, conflict, notFound } from '../../refusal.js';
import * as find from '../find.js';
import { subResourceOperations } from '../sub-resources.js';

type Settings = Omit<Input<'apigatewayv2', 'UpdateModel'>, 'ApiId' | 'ModelId'>;

function readModel(
  input: Settings,
  id: string,
  _api: WebSocketApiRecord,
  before: ModelRecord | undefined,
  others: readonly ModelRecord[],
): ModelRecord {
  const name = input.Name ?? before?.name ?? '';
  if (!/^[A-Za-z0-9]{1,128}$/.test(name)) throw badRequest(`Model name must be alphanumeric: ${name}`);
  if (others.some((other) => other.name === name)) throw conflict(`Model name already exists for this API: ${name}`);
  const schema = input.Schema ?? before?.schema ?? '';
  try {
    parseJson(schema);
  } catch {
    throw badRequest(`Invalid model specified: Invalid schema of the model ${name}: it is not JSON`);
  }
  const description = input.Description ?? before?.description;
  checkLength('description', description);
  return { id, name, schema, contentType: input.ContentType ?? before?.contentType ?? 'application/json', description };
}

export const modelOperations = subResourceOperations<Settings, ModelRecord>({
  name: 'Model',
  of: ({ models }) => models,
  with: (api, models) => ({ ...api, models }),
  read: readModel,
  output: ({ id, name, schema, contentType, description }) => ({
    ModelId: id,
    Name: name,
    Schema: schema,
    ContentType: contentType,
    Description: description,
  }),
});

export const getModelTemplate = httpOperation({
  name: 'GetModelTemplate',
  handle: async ({ ApiId = '', ModelId = '' }, call, store) => {
    const { models } = await find.webSocketApi(store, call, ApiId);
    if (!Object.hasOwn(models, ModelId)) throw notFound('Invalid Model identifier specified');
    return { Value: "#set($inputRoot = $input.path('$'))\n{ }" };
  },
});
