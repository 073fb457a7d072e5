import type { Call } from '../../../../core/operation.js';
import { randomId } from '../../../../core/random-id.js';
import { restOperation } from '../../api-operation.js';
import type { ApiStore } from '../../api-store.js';
import { restPage } from '../../page.js';
import { invalidPatch, readPatches } from '../../patch.js';
import type { RequestValidatorRecord, RestApiRecord } from '../../records/rest-api.js';
import { badRequest, conflict, notFound } from '../../refusal.js';
import * as find from '../find.js';

/** AWS names the validator where there is no API. */
async function apiOfValidator(store: ApiStore, call: Call, restApiId: string): Promise<RestApiRecord> {
  const api = await store.get(call, 'restApi', restApiId);
  if (api === undefined) throw notFound('Invalid Request Validator identifier specified');
  return api;
}

export const createRequestValidator = restOperation({
  name: 'CreateRequestValidator',
  parse: ({ name = '', validateRequestBody = false, validateRequestParameters = false }) => ({
    validator: { name, validateRequestBody, validateRequestParameters },
  }),
  handle: ({ restApiId, validator }, call, store) =>
    store.change(async () => {
      const api = await store.get(call, 'restApi', restApiId);
      if (api === undefined) throw badRequest('Invalid REST API identifier specified');
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
  handle: async ({ restApiId, requestValidatorId }, call, store) =>
    find.requestValidator(await apiOfValidator(store, call, restApiId), requestValidatorId),
});

export const getRequestValidators = restOperation({
  name: 'GetRequestValidators',
  handle: async ({ restApiId, ...page }, call, store) => {
    const { requestValidators } = await find.restApi(store, call, restApiId);
    return restPage(
      ['GetRequestValidators', restApiId],
      page,
      Object.values(requestValidators),
      ({ id }) => id,
      (validator) => validator,
    );
  },
});

const PATCHES = ['/name', '/validateRequestParameters', '/validateRequestBody'];

export const updateRequestValidator = restOperation({
  name: 'UpdateRequestValidator',
  parse: ({ patchOperations }) => ({ patches: readPatches(patchOperations) }),
  handle: ({ restApiId, requestValidatorId, patches }, call, store) =>
    store.change(async () => {
      const api = await apiOfValidator(store, call, restApiId);
      let validator: RequestValidatorRecord = find.requestValidator(api, requestValidatorId);
      for (const patch of patches) {
        if (patch.path === '/name') validator = { ...validator, name: patch.value ?? '' };
        else if (patch.path === '/validateRequestParameters')
          validator = { ...validator, validateRequestParameters: patch.value === 'true' };
        else if (patch.path === '/validateRequestBody')
          validator = { ...validator, validateRequestBody: patch.value === 'true' };
        else throw invalidPatch(patch, PATCHES);
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
  handle: ({ restApiId, requestValidatorId }, call, store) =>
    store.change(async () => {
      const api = await apiOfValidator(store, call, restApiId);
      find.requestValidator(api, requestValidatorId);
      const methods = Object.values(api.resources).flatMap((resource) => Object.values(resource.methods));
      if (methods.some(({ requestValidator }) => requestValidator === requestValidatorId)) {
        throw conflict(`Cannot delete request validator '${requestValidatorId}', is referenced in method`);
      }
      const { [requestValidatorId]: _, ...requestValidators } = api.requestValidators;
      await store.put(call, 'restApi', restApiId, { ...api, requestValidators });
    }),
});
