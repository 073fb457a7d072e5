import type { Call } from '../../../../core/operation.js';
import { randomId } from '../../../../core/random-id.js';
import { restOperation } from '../../api-operation.js';
import type { ApiStore } from '../../api-store.js';
import { restPage } from '../../page.js';
import { invalidPatch, readPatches } from '../../patch.js';
import type { DocumentationPartRecord, RestApiRecord } from '../../records/rest-api.js';
import { badRequest, conflict, notFound } from '../../refusal.js';
import { isSameLocation, PART_TYPES, readDocumentation, withParts } from '../documentation.js';
import * as find from '../find.js';
import { readDocument } from '../import-model.js';

const unknownPart = () => notFound('Invalid Documentation part identifier specified');

function part({ documentationParts = {} }: RestApiRecord, id: string): DocumentationPartRecord {
  const found = Object.hasOwn(documentationParts, id) ? documentationParts[id] : undefined;
  if (found === undefined) throw unknownPart();
  return found;
}

/** AWS names the part where there is no API. */
async function apiOfPart(store: ApiStore, call: Call, restApiId: string): Promise<RestApiRecord> {
  const api = await store.get(call, 'restApi', restApiId);
  if (api === undefined) throw unknownPart();
  return api;
}

function checkProperties(properties: string): string {
  try {
    if (typeof JSON.parse(properties) === 'object') return properties;
  } catch {
    // Said below, as for JSON of another kind.
  }
  throw badRequest('Documentation part properties must be a valid JSON object');
}

export const createDocumentationPart = restOperation({
  name: 'CreateDocumentationPart',
  limits: { location: { members: { type: { values: PART_TYPES } } } },
  handle: ({ restApiId, location, properties }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const { documentationParts = {} } = api;
      const id = call.resourceId ?? randomId.lower(6);
      const existing = documentationParts[id];
      if (existing) return existing;
      if (Object.values(documentationParts).some((other) => isSameLocation(other.location, location)))
        throw conflict('Documentation part already exists for the specified location');
      const made: DocumentationPartRecord = {
        id,
        location,
        properties: checkProperties(properties),
      };
      const parts = { ...documentationParts, [made.id]: made };
      await store.put(call, 'restApi', restApiId, { ...api, documentationParts: parts });
      return made;
    }),
});

export const getDocumentationPart = restOperation({
  name: 'GetDocumentationPart',
  handle: async ({ restApiId, documentationPartId }, call, store) =>
    part(await apiOfPart(store, call, restApiId), documentationPartId),
});

export const getDocumentationParts = restOperation({
  name: 'GetDocumentationParts',
  handle: async ({ restApiId, type, nameQuery, path, locationStatus: _, ...page }, call, store) => {
    const { documentationParts = {} } = await find.restApi(store, call, restApiId);
    const wanted = Object.values(documentationParts).filter(
      ({ location }) =>
        (type === undefined || location.type === type) &&
        (nameQuery === undefined || location.name?.includes(nameQuery)) &&
        (path === undefined || location.path === path),
    );
    return restPage(
      ['GetDocumentationParts', restApiId],
      page,
      wanted,
      ({ id }) => id,
      (record) => record,
    );
  },
});

export const updateDocumentationPart = restOperation({
  name: 'UpdateDocumentationPart',
  parse: ({ patchOperations }) => ({ patches: readPatches(patchOperations) }),
  handle: ({ restApiId, documentationPartId, patches }, call, store) =>
    store.change(async () => {
      const api = await apiOfPart(store, call, restApiId);
      let record = part(api, documentationPartId);
      for (const patch of patches) {
        if (patch.op !== 'replace' || patch.path !== '/properties') throw invalidPatch(patch, ['/properties']);
        record = { ...record, properties: checkProperties(patch.value ?? '') };
      }
      const parts = { ...api.documentationParts, [documentationPartId]: record };
      await store.put(call, 'restApi', restApiId, { ...api, documentationParts: parts });
      return record;
    }),
});

export const importDocumentationParts = restOperation({
  name: 'ImportDocumentationParts',
  parse: ({ body, mode = 'merge' }) => {
    if (mode !== 'merge' && mode !== 'overwrite') throw badRequest(`Invalid mode: ${mode}`);
    if (!(body instanceof Uint8Array) || body.length === 0) throw badRequest('Invalid request body');
    return { mode, parts: readDocumentation(readDocument(body)['x-amazon-apigateway-documentation']).parts };
  },
  handle: ({ restApiId, mode, parts }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const documentationParts = withParts(mode === 'overwrite' ? {} : (api.documentationParts ?? {}), parts);
      await store.put(call, 'restApi', restApiId, { ...api, documentationParts });
      const ids = Object.values(documentationParts)
        .filter((one) => parts.some(({ location }) => isSameLocation(location, one.location)))
        .map(({ id }) => id);
      return { ids, warnings: [] };
    }),
});

export const deleteDocumentationPart = restOperation({
  name: 'DeleteDocumentationPart',
  handle: ({ restApiId, documentationPartId }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      part(api, documentationPartId);
      const { [documentationPartId]: _, ...documentationParts } = api.documentationParts ?? {};
      await store.put(call, 'restApi', restApiId, { ...api, documentationParts });
    }),
});
