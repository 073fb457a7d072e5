import { defined } from '../../../core/defined.js';
import type { ApiModel } from '../../execute-api/index.js';
import type { RestApiRecord } from '../records/rest-api.js';
import { modelsOf } from './models.js';

/** The model that a deployment of a REST API serves. */
export function servedModel(api: RestApiRecord): ApiModel {
  return {
    protocol: 'REST',
    name: api.name,
    ...defined({ description: api.description, version: api.version }),
    routes: Object.values(api.resources).flatMap(({ id, path, methods }) =>
      Object.entries(methods).map(([method, record]) => ({ ...record, method, path, resourceId: id })),
    ),
    authorizers: mapValues(api.authorizers, ({ definition }) => definition),
    gatewayResponses: api.gatewayResponses,
    requestValidators: mapValues(api.requestValidators, ({ validateRequestBody, validateRequestParameters }) => ({
      validateRequestBody,
      validateRequestParameters,
    })),
    models: mapValues(modelsOf(api), ({ contentType, description, schema }) => ({
      contentType,
      schema,
      ...defined({ description }),
    })),
    binaryMediaTypes: api.binaryMediaTypes,
    apiKeySource: api.apiKeySource,
    ...defined({ policy: api.policy, minimumCompressionSize: api.minimumCompressionSize }),
  };
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
