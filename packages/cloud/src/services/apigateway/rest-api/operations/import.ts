import { randomId } from '../../../../core/random-id.js';
import type { BasePathMode } from '../../../execute-api/index.js';
import { restOperation } from '../../api-operation.js';
import type { RestApiRecord } from '../../records/rest-api.js';
import { badRequest } from '../../refusal.js';
import { withParts } from '../documentation.js';
import * as find from '../find.js';
import { type Definition, merge, overwrite, readDefinition } from '../import-model.js';
import { checkEndpointTypes, newRestApi } from '../new-rest-api.js';
import { changedRestApiOutput, restApiOutput } from '../output.js';
import { checkQuotas } from '../quotas.js';

/** "The maximum size of the API definition file is 6MB" (ImportRestApi); AWS's sentence for more is not on record. */
const LARGEST_BODY = 6 * 1024 * 1024;

interface Import {
  readonly body?: unknown;
  readonly failOnWarnings?: boolean | undefined;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

const BASE_PATH_MODES: readonly BasePathMode[] = ['ignore', 'prepend', 'split'];

function readImport({ body, failOnWarnings = false, parameters = {} }: Import) {
  if (!(body instanceof Uint8Array) || body.length === 0) throw badRequest('Invalid request body');
  if (body.length > LARGEST_BODY)
    throw badRequest(
      `Invalid request body: an API definition has at most ${LARGEST_BODY} bytes, and this has ${body.length}`,
    );
  const { basepath = parameters.basePath ?? 'ignore', endpointConfigurationTypes, ignore } = parameters;
  const mode = BASE_PATH_MODES.find((known) => known === basepath.toLowerCase());
  if (mode === undefined) throw badRequest(`Invalid base path mode specified: ${basepath}`);
  const definition = readDefinition(body, mode);
  if (failOnWarnings && definition.warnings.length > 0)
    throw badRequest(`Warnings found during import:\n\t${definition.warnings.join('\n\t')}`);
  return {
    model: definition.model,
    imported: ignore === 'documentation' ? { ...definition, documentation: { parts: [] } } : definition,
    endpointTypes: checkEndpointTypes(endpointConfigurationTypes?.split(',') ?? []),
  };
}

function documented(
  api: RestApiRecord,
  { documentation: { version, parts } }: Definition,
  time: number,
): RestApiRecord {
  if (parts.length === 0) return api;
  const documentationParts = withParts(api.documentationParts ?? {}, parts);
  if (version === undefined) return { ...api, documentationParts };
  const snapshot = { version, created: time, parts: documentationParts };
  return {
    ...api,
    documentationParts,
    documentationVersions: { ...api.documentationVersions, [version]: snapshot },
  };
}

/** AWS does not tell of no warnings. */
function warned(warnings: readonly string[]): readonly string[] | undefined {
  return warnings.length > 0 ? warnings : undefined;
}

export const importRestApi = restOperation({
  name: 'ImportRestApi',
  parse: readImport,
  handle: ({ model, imported, endpointTypes }, call, store) =>
    store.change(async () => {
      const id = call.resourceId ?? randomId.lower(10);
      const time = store.now();
      const empty = newRestApi(id, randomId.lower(10), time, {
        name: model.name,
        tags: {},
        apiKeySource: model.apiKeySource,
        endpointTypes,
        binaryMediaTypes: [],
        disableExecuteApiEndpoint: false,
      });
      const api = documented(overwrite(empty, model), imported, time);
      checkQuotas(api, store.quotas);
      await store.put(call, 'restApi', id, api);
      return { ...restApiOutput(api), warnings: warned(imported.warnings) };
    }),
});

export const putRestApi = restOperation({
  name: 'PutRestApi',
  parse: ({ mode = 'merge', ...input }) => {
    if (mode !== 'merge' && mode !== 'overwrite') throw badRequest(`Invalid mode: ${mode}`);
    return { mode, ...readImport(input) };
  },
  handle: ({ restApiId, mode, model, imported }, call, store) =>
    store.change(async () => {
      const existing = await find.restApi(store, call, restApiId);
      const changed = mode === 'overwrite' ? overwrite(existing, model) : merge(existing, model);
      const api = documented(changed, imported, store.now());
      checkQuotas(api, store.quotas);
      await store.put(call, 'restApi', restApiId, api);
      return { ...changedRestApiOutput(api), warnings: warned(imported.warnings) };
    }),
});
