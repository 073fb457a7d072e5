import { membersOf } from '../../../core/members.js';
import { randomId } from '../../../core/random-id.js';
import * as find from '../find.js';
import { merge, overwrite, readDefinition } from '../import-model.js';
import { labels } from '../input.js';
import { newRestApi } from '../new-rest-api.js';
import { checkRestApi } from '../quotas.js';
import { badRequest } from '../refusal.js';
import { restOperation } from '../rest-operation.js';
import { restApiOutput } from '../wire.js';

/** "The maximum size of the API definition file is 6MB" (ImportRestApi); AWS's sentence for more is not on record. */
const LARGEST_BODY = 6 * 1024 * 1024;

function readBody(raw: unknown) {
  const body = membersOf(raw).bytes('body');
  if (body === undefined || body.length === 0) throw badRequest('Invalid request body');
  if (body.length > LARGEST_BODY)
    throw badRequest(
      `Invalid request body: an API definition has at most ${LARGEST_BODY} bytes, and this has ${body.length}`,
    );
  return readDefinition(body);
}

export const importRestApi = restOperation({
  name: 'ImportRestApi',
  http: {
    method: 'POST',
    path: '/restapis?mode=import',
    payload: 'body',
    query: { failonwarnings: 'failOnWarnings' },
    status: 201,
  },
  parse: (raw) => ({ model: readBody(raw) }),
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
      checkRestApi(api, store.quotas);
      await store.put(call, 'restApi', id, api);
      return restApiOutput(api);
    }),
});

export const putRestApi = restOperation({
  name: 'PutRestApi',
  http: {
    method: 'PUT',
    path: '/restapis/{restApiId}',
    payload: 'body',
    query: { mode: 'mode', failonwarnings: 'failOnWarnings' },
  },
  parse: (raw) => {
    const mode = membersOf(raw).text('mode') ?? 'merge';
    if (mode !== 'merge' && mode !== 'overwrite') throw badRequest(`Invalid mode: ${mode}`);
    return { ...labels(raw, 'restApiId'), mode, model: readBody(raw) };
  },
  handle: ({ restApiId, mode, model }, call, store) =>
    store.change(async () => {
      const existing = await find.restApi(store, call, restApiId);
      const api = mode === 'overwrite' ? overwrite(existing, model) : merge(existing, model);
      checkRestApi(api, store.quotas);
      await store.put(call, 'restApi', restApiId, api);
      return restApiOutput(api);
    }),
});
