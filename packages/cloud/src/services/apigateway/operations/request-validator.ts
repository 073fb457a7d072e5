import { membersOf } from '../../../core/members.js';
import { randomId } from '../../../core/random-id.js';
import * as find from '../find.js';
import { labels } from '../input.js';
import { invalidPatch, readPatches } from '../patch.js';
import { conflict, notFound, unsupported } from '../refusal.js';
import type { RequestValidatorRecord, RestApiRecord } from '../rest-api-record.js';
import { restOperation } from '../rest-operation.js';

const VALIDATOR_PATH = '/restapis/{restApiId}/requestvalidators/{requestValidatorId}';

function validatorOf(api: RestApiRecord, id: string): RequestValidatorRecord {
  const found = Object.hasOwn(api.requestValidators, id) ? api.requestValidators[id] : undefined;
  if (found === undefined) throw notFound('Invalid Request Validator identifier specified');
  return found;
}

/** Bodies are validated by models, which are not there. */
function checkBodyValidation(validateRequestBody: boolean): boolean {
  if (validateRequestBody) throw unsupported('validation of request bodies by models (validateRequestBody)');
  return validateRequestBody;
}

export const createRequestValidator = restOperation({
  name: 'CreateRequestValidator',
  http: { method: 'POST', path: '/restapis/{restApiId}/requestvalidators', status: 201 },
  parse: (raw) => {
    const members = membersOf(raw);
    return {
      ...labels(raw, 'restApiId'),
      name: members.text('name') ?? '',
      validateRequestBody: checkBodyValidation(members.flag('validateRequestBody') ?? false),
      validateRequestParameters: members.flag('validateRequestParameters') ?? false,
    };
  },
  handle: ({ restApiId, ...validator }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const id = call.resourceId ?? randomId.lower(6);
      const existing = api.requestValidators[id];
      if (existing) return existing;
      const made = { ...validator, id };
      await store.put(call, 'restApi', restApiId, {
        ...api,
        requestValidators: { ...api.requestValidators, [id]: made },
      });
      return made;
    }),
});

export const getRequestValidator = restOperation({
  name: 'GetRequestValidator',
  http: { method: 'GET', path: VALIDATOR_PATH },
  parse: (raw) => labels(raw, 'restApiId', 'requestValidatorId'),
  handle: async ({ restApiId, requestValidatorId }, call, store) =>
    validatorOf(await find.restApi(store, call, restApiId), requestValidatorId),
});

export const getRequestValidators = restOperation({
  name: 'GetRequestValidators',
  http: { method: 'GET', path: '/restapis/{restApiId}/requestvalidators' },
  parse: (raw) => labels(raw, 'restApiId'),
  handle: async ({ restApiId }, call, store) => ({
    item: Object.values((await find.restApi(store, call, restApiId)).requestValidators),
  }),
});

export const updateRequestValidator = restOperation({
  name: 'UpdateRequestValidator',
  http: { method: 'PATCH', path: VALIDATOR_PATH },
  parse: (raw) => ({ ...labels(raw, 'restApiId', 'requestValidatorId'), patches: readPatches(membersOf(raw)) }),
  handle: ({ restApiId, requestValidatorId, patches }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      let validator = validatorOf(api, requestValidatorId);
      for (const patch of patches) {
        if (patch.path === '/name') validator = { ...validator, name: patch.value ?? '' };
        else if (patch.path === '/validateRequestParameters')
          validator = { ...validator, validateRequestParameters: patch.value === 'true' };
        else if (patch.path === '/validateRequestBody')
          validator = { ...validator, validateRequestBody: checkBodyValidation(patch.value === 'true') };
        else throw invalidPatch(patch, ['/name', '/validateRequestBody', '/validateRequestParameters']);
      }
      await store.put(call, 'restApi', restApiId, {
        ...api,
        requestValidators: { ...api.requestValidators, [requestValidatorId]: validator },
      });
      return validator;
    }),
});

export const deleteRequestValidator = restOperation({
  name: 'DeleteRequestValidator',
  http: { method: 'DELETE', path: VALIDATOR_PATH, status: 202 },
  parse: (raw) => labels(raw, 'restApiId', 'requestValidatorId'),
  handle: ({ restApiId, requestValidatorId }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      validatorOf(api, requestValidatorId);
      const methods = Object.values(api.resources).flatMap((resource) => Object.values(resource.methods));
      if (methods.some(({ requestValidator }) => requestValidator === requestValidatorId)) {
        throw conflict(`Cannot delete request validator '${requestValidatorId}', is referenced in method`);
      }
      const { [requestValidatorId]: _, ...requestValidators } = api.requestValidators;
      await store.put(call, 'restApi', restApiId, { ...api, requestValidators });
      return undefined;
    }),
});
