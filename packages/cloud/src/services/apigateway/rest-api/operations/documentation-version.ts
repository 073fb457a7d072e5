import type { Call } from '../../../../core/operation.js';
import { restOperation } from '../../api-operation.js';
import type { ApiStore } from '../../api-store.js';
import { restPage } from '../../page.js';
import { invalidPatch, readPatches } from '../../patch.js';
import type { DocumentationVersionRecord, RestApiRecord } from '../../records/rest-api.js';
import { badRequest, conflict, notFound } from '../../refusal.js';
import { wholeSeconds } from '../../time.js';
import * as find from '../find.js';

const unknownVersion = () => notFound('Invalid Documentation version specified');

function version({ documentationVersions = {} }: RestApiRecord, name: string): DocumentationVersionRecord {
  const found = Object.hasOwn(documentationVersions, name) ? documentationVersions[name] : undefined;
  if (found === undefined) throw unknownVersion();
  return found;
}

/** AWS names the version where there is no API. */
async function apiOfVersion(store: ApiStore, call: Call, restApiId: string): Promise<RestApiRecord> {
  const api = await store.get(call, 'restApi', restApiId);
  if (api === undefined) throw unknownVersion();
  return api;
}

function versionOutput({ version: name, description, created }: DocumentationVersionRecord) {
  return { version: name, description, createdDate: wholeSeconds(created) };
}

export const createDocumentationVersion = restOperation({
  name: 'CreateDocumentationVersion',
  handle: ({ restApiId, documentationVersion, stageName, description }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const { documentationVersions = {}, documentationParts: parts = {} } = api;
      if (documentationVersion === '') throw badRequest('Documentation version must be non-empty');
      if (Object.keys(parts).length === 0)
        throw badRequest('No documentation parts available to be snapshotted for this REST API.');
      if (Object.hasOwn(documentationVersions, documentationVersion))
        throw conflict('Documentation version already exists');
      if (stageName !== undefined) {
        const stage = await find.stage(store, call, restApiId, stageName);
        await store.put(call, 'stage', `${restApiId}/${stageName}`, { ...stage, documentationVersion });
      }
      const made = { version: documentationVersion, description, created: store.now(), parts };
      const versions = { ...documentationVersions, [documentationVersion]: made };
      await store.put(call, 'restApi', restApiId, { ...api, documentationVersions: versions });
      return versionOutput(made);
    }),
});

export const getDocumentationVersion = restOperation({
  name: 'GetDocumentationVersion',
  handle: async ({ restApiId, documentationVersion }, call, store) =>
    versionOutput(version(await apiOfVersion(store, call, restApiId), documentationVersion)),
});

export const getDocumentationVersions = restOperation({
  name: 'GetDocumentationVersions',
  handle: async ({ restApiId, ...page }, call, store) => {
    const { documentationVersions = {} } = await find.restApi(store, call, restApiId);
    const versions = Object.values(documentationVersions);
    return restPage(['GetDocumentationVersions', restApiId], page, versions, (one) => one.version, versionOutput);
  },
});

export const updateDocumentationVersion = restOperation({
  name: 'UpdateDocumentationVersion',
  parse: ({ patchOperations }) => ({ patches: readPatches(patchOperations) }),
  handle: ({ restApiId, documentationVersion, patches }, call, store) =>
    store.change(async () => {
      const api = await apiOfVersion(store, call, restApiId);
      let record = version(api, documentationVersion);
      for (const patch of patches) {
        if (patch.op !== 'replace' || patch.path !== '/description') throw invalidPatch(patch, ['/description']);
        record = { ...record, description: patch.value };
      }
      const documentationVersions = { ...api.documentationVersions, [documentationVersion]: record };
      await store.put(call, 'restApi', restApiId, { ...api, documentationVersions });
      return versionOutput(record);
    }),
});

export const deleteDocumentationVersion = restOperation({
  name: 'DeleteDocumentationVersion',
  handle: ({ restApiId, documentationVersion }, call, store) =>
    store.change(async () => {
      const api = await apiOfVersion(store, call, restApiId);
      version(api, documentationVersion);
      const { [documentationVersion]: _, ...documentationVersions } = api.documentationVersions ?? {};
      await store.put(call, 'restApi', restApiId, { ...api, documentationVersions });
    }),
});
