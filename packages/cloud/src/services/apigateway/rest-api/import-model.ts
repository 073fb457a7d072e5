import { defined } from '../../../core/defined.js';
import { DOCUMENT_BUDGET } from '../../../core/document-budget.js';
import { parseJson } from '../../../core/json.js';
import { randomId } from '../../../core/random-id.js';
import { readYaml } from '../../../core/yaml.js';
import {
  API_ID,
  type ApiModel,
  type Authorization,
  type BasePathMode,
  importOpenApi,
  openApiJson,
  type Route,
} from '../../execute-api/index.js';

import type {
  AuthorizerRecord,
  MethodRecord,
  ModelRecord,
  RequestValidatorRecord,
  ResourceRecord,
  RestApiRecord,
} from '../records/rest-api.js';
import { badRequest } from '../refusal.js';
import { type Documentation, readDocumentation } from './documentation.js';
import { modelsOf } from './models.js';

/** A definition has up to 6 MB, a template 1 MB. */
const BUDGET = { ...DOCUMENT_BUDGET, values: 4 * DOCUMENT_BUDGET.values };

/** The contents of a definition, and the warnings of API Gateway about it. */
export interface Definition {
  readonly model: ApiModel;
  readonly documentation: Documentation;
  readonly warnings: readonly string[];
}

/** Reads an API definition as the import operations take it. */
export function readDefinition(body: Uint8Array, basePath: BasePathMode): Definition {
  const warnings: string[] = [];
  const document = readDocument(body);
  const model = importOpenApi(document, { requireArns: true, basePath, warn: (warning) => warnings.push(warning) });
  return { model, documentation: readDocumentation(document['x-amazon-apigateway-documentation']), warnings };
}

/** A document of JSON or YAML. @throws AwsError BadRequestException */
export function readDocument(body: Uint8Array): Readonly<Record<string, unknown>> {
  const text = Buffer.from(body).toString('utf8');
  let document: unknown;
  try {
    document = text.trimStart().startsWith('{')
      ? parseJson(text, BUDGET)
      : readYaml(text, { aliases: 'follow', budget: BUDGET });
  } catch (error) {
    throw badRequest(
      `Unable to parse API definition: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
    );
  }
  return openApiJson.object(document, 'the document');
}

/**
 * Puts an imported model in the place of what the API has. Ids of what is still there stay, the root's among them.
 */
export function overwrite(api: RestApiRecord, model: ApiModel): RestApiRecord {
  const { name: _name, description: _description, version: _version, minimumCompressionSize: _size, ...kept } = api;
  return {
    ...kept,
    ...withContent(api, model),
    name: model.name || api.name,
    ...defined({
      description: model.description,
      version: model.version,
      minimumCompressionSize: model.minimumCompressionSize,
    }),
    binaryMediaTypes: model.binaryMediaTypes,
    apiKeySource: model.apiKeySource,
    gatewayResponses: model.gatewayResponses,
    models: importedModels(api, model),
    ...defined({ policy: model.policy }),
  };
}

/** Adds an imported model to what the API has; what both have is the model's. */
export function merge(api: RestApiRecord, model: ApiModel): RestApiRecord {
  const content = withContent(api, model);
  const resources: Record<string, ResourceRecord> = { ...api.resources };
  for (const resource of Object.values(content.resources)) {
    resources[resource.id] = { ...resource, methods: { ...api.resources[resource.id]?.methods, ...resource.methods } };
  }
  return {
    ...api,
    resources,
    authorizers: { ...api.authorizers, ...content.authorizers },
    requestValidators: { ...api.requestValidators, ...content.requestValidators },
    gatewayResponses: { ...api.gatewayResponses, ...model.gatewayResponses },
    models: { ...modelsOf(api), ...importedModels(api, model) },
    binaryMediaTypes: [...new Set([...api.binaryMediaTypes, ...model.binaryMediaTypes])],
    ...defined({ policy: model.policy }),
  };
}

function importedModels(api: RestApiRecord, { models = {} }: ApiModel): Readonly<Record<string, ModelRecord>> {
  const known = modelsOf(api);
  return Object.fromEntries(
    Object.entries(models).map(([name, { contentType, description, schema }]) => [
      name,
      {
        id: known[name]?.id ?? randomId.lower(6),
        name,
        description,
        contentType,
        schema: schema.replaceAll(API_ID, api.id),
      },
    ]),
  );
}

function withContent(
  api: RestApiRecord,
  model: ApiModel,
): Pick<RestApiRecord, 'resources' | 'authorizers' | 'requestValidators'> {
  const authorizerIds = idsByName(Object.keys(model.authorizers), api.authorizers);
  const validatorIds = idsByName(Object.keys(model.requestValidators), api.requestValidators);
  const authorizers: Record<string, AuthorizerRecord> = {};
  for (const [name, definition] of Object.entries(model.authorizers)) {
    const id = authorizerIds(name);
    authorizers[id] = { id, name, definition };
  }
  const requestValidators: Record<string, RequestValidatorRecord> = {};
  for (const [name, validator] of Object.entries(model.requestValidators)) {
    const id = validatorIds(name);
    requestValidators[id] = { ...validator, id, name };
  }
  return { resources: resourcesOf(api, model.routes, authorizerIds, validatorIds), authorizers, requestValidators };
}

/** Gives names their ids: the ones they have, else new ones. */
function idsByName(
  names: readonly string[],
  known: Readonly<Record<string, { readonly id: string; readonly name: string }>>,
): (name: string) => string {
  const ids = new Map(
    names.map((name) => [name, Object.values(known).find((record) => record.name === name)?.id ?? randomId.lower(6)]),
  );
  return (name) => ids.get(name) ?? name;
}

function resourcesOf(
  api: RestApiRecord,
  routes: readonly Route[],
  authorizerId: (name: string) => string,
  validatorId: (name: string) => string,
): Readonly<Record<string, ResourceRecord>> {
  const known = new Map(Object.values(api.resources).map(({ path, id }) => [path, id]));
  const byPath = new Map<string, ResourceRecord>();
  const at = (path: string): ResourceRecord => {
    const existing = byPath.get(path);
    if (existing) return existing;
    const slash = path.lastIndexOf('/');
    const made: ResourceRecord =
      path === '/'
        ? { id: api.rootResourceId, pathPart: '', path, methods: {} }
        : {
            id: known.get(path) ?? randomId.lower(6),
            parentId: at(path.slice(0, slash) || '/').id,
            pathPart: path.slice(slash + 1),
            path,
            methods: {},
          };
    byPath.set(path, made);
    return made;
  };
  at('/');
  // The methods of a resource that was there already share a new namespace.
  const namespaces = new Map<string, string>();
  const namespaceOf = ({ id, path }: ResourceRecord): string => {
    if (path === '/' || !known.has(path)) return id;
    const namespace = namespaces.get(path) ?? randomId.lower(6);
    namespaces.set(path, namespace);
    return namespace;
  };
  for (const { method, path, resourceId: _, ...route } of routes) {
    const record: MethodRecord = {
      ...route,
      authorization: withAuthorizerId(route.authorization, authorizerId),
      ...(route.requestValidator !== undefined && { requestValidator: validatorId(route.requestValidator) }),
    };
    const resource = at(path);
    const integration = record.integration && {
      cacheNamespace: namespaceOf(resource),
      cacheKeyParameters: [],
      ...record.integration,
    };
    const methods = { ...resource.methods, [method]: { ...record, ...(integration && { integration }) } };
    byPath.set(path, { ...resource, methods });
  }
  return Object.fromEntries([...byPath.values()].map((resource) => [resource.id, resource]));
}

function withAuthorizerId(authorization: Authorization, id: (name: string) => string): Authorization {
  return 'authorizer' in authorization ? { ...authorization, authorizer: id(authorization.authorizer) } : authorization;
}
