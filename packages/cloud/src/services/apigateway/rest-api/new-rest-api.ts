import { randomId } from '../../../core/random-id.js';
import type { ApiModel } from '../../execute-api/model.js';
import type { EndpointType, RestApiRecord } from '../records/rest-api.js';
import { badRequest, unsupported } from '../refusal.js';
import { defaultModels } from './models.js';

export interface RestApiSettings {
  readonly name: string;
  readonly description?: string | undefined;
  readonly version?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly apiKeySource: ApiModel['apiKeySource'];
  readonly endpointTypes: readonly EndpointType[];
  readonly binaryMediaTypes: readonly string[];
  readonly minimumCompressionSize?: number | undefined;
  readonly disableExecuteApiEndpoint: boolean;
}

/** A REST API that has its root and nothing else. */
export function newRestApi(
  id: string,
  rootResourceId: string,
  created: number,
  settings: RestApiSettings,
): RestApiRecord {
  return {
    ...settings,
    id,
    created,
    rootResourceId,
    resources: { [rootResourceId]: { id: rootResourceId, pathPart: '', path: '/', methods: {} } },
    authorizers: {},
    requestValidators: {},
    models: defaultModels(() => randomId.lower(6)),
    gatewayResponses: {},
  };
}

/** @throws AwsError for private APIs, which are reached through a VPC, and for unknown types */
export function checkEndpointTypes(types: readonly string[]): readonly EndpointType[] {
  const checked = types.map((type) => {
    if (type === 'PRIVATE') throw unsupported('private REST APIs (endpoint type PRIVATE)');
    if (type === 'EDGE' || type === 'REGIONAL') return type;
    throw badRequest(`Invalid endpoint type specified: ${type}`);
  });
  return checked.length > 0 ? checked : ['EDGE'];
}

export function checkCompressionSize(size: number | undefined): number | undefined {
  if (size === undefined) return undefined;
  if (!Number.isInteger(size) || size < 0 || size > 10_485_760) {
    throw badRequest('Invalid minimum compression size, must be between 0 and 10485760');
  }
  return size;
}
