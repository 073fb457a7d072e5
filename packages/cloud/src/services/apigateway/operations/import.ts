import { membersOf } from '../../../core/members.js';
import { randomId } from '../../../core/random-id.js';
import * as find from '../find.js';
import { merge, overwrite, readDefinition } from '../import-model.js';
import { labels } from '../input.js';
import { newRestApi } from '../new-rest-api.js';
import { badRequest } from '../refusal.js';
import { restOperation } from '../rest-operation.js';
import { restApiOutput } from '../wire.js';

function readBody(raw: unknown) {
  const body = membersOf(raw).bytes('body');
  if (body === undefined || body.length === 0) throw badRequest('Invalid request body');
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
      await store.put(call, 'restApi', restApiId, api);
      return restApiOutput(api);
    }),
});
