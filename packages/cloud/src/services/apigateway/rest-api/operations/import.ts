import { randomId } from '../../../../core/random-id.js';
import { restOperation } from '../../api-operation.js';
import { badRequest } from '../../refusal.js';
import * as find from '../find.js';
import { merge, overwrite, readDefinition } from '../import-model.js';
import { newRestApi } from '../new-rest-api.js';
import { restApiOutput } from '../output.js';
import { checkQuotas } from '../quotas.js';

/** "The maximum size of the API definition file is 6MB" (ImportRestApi); AWS's sentence for more is not on record. */
const LARGEST_BODY = 6 * 1024 * 1024;

function readBody(body: unknown) {
  if (!(body instanceof Uint8Array) || body.length === 0) throw badRequest('Invalid request body');
  if (body.length > LARGEST_BODY)
    throw badRequest(
      `Invalid request body: an API definition has at most ${LARGEST_BODY} bytes, and this has ${body.length}`,
    );
  return readDefinition(body);
}

export const importRestApi = restOperation({
  name: 'ImportRestApi',
  parse: ({ body }) => ({ model: readBody(body) }),
  handle: ({ model }, call, store) =>
    store.change(async () => {
      const id = call.resourceId ?? randomId.lower(10);
      const empty = newRestApi(id, randomId.lower(10), store.now(), {
        name: model.name,
        tags: {},
        apiKeySource: model.apiKeySource,
        endpointTypes: ['EDGE'],
        binaryMediaTypes: [],
        disableExecuteApiEndpoint: false,
      });
      const api = overwrite(empty, model);
      checkQuotas(api, store.quotas);
      await store.put(call, 'restApi', id, api);
      return restApiOutput(api);
    }),
});

export const putRestApi = restOperation({
  name: 'PutRestApi',
  parse: ({ mode = 'merge', body }) => {
    if (mode !== 'merge' && mode !== 'overwrite') throw badRequest(`Invalid mode: ${mode}`);
    return { mode, model: readBody(body) };
  },
  handle: ({ restApiId, mode, model }, call, store) =>
    store.change(async () => {
      const existing = await find.restApi(store, call, restApiId);
      const api = mode === 'overwrite' ? overwrite(existing, model) : merge(existing, model);
      checkQuotas(api, store.quotas);
      await store.put(call, 'restApi', restApiId, api);
      return restApiOutput(api);
    }),
});
