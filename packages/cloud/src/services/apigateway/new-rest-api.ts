import type { ApiModel } from '../execute-api/model.js';
import { badRequest, unsupported } from './refusal.js';
import type { RestApiRecord } from './rest-api-record.js';

export interface RestApiSettings {
  readonly name: string;
  readonly description?: string;
  readonly version?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly apiKeySource: ApiModel['apiKeySource'];
  readonly endpointTypes: readonly string[];
  readonly binaryMediaTypes: readonly string[];
  readonly minimumCompressionSize?: number;
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
    gatewayResponses: {},
  };
}

/** @throws AwsError for private APIs, which are reached through a VPC, and for unknown types */
export function checkEndpointTypes(types: readonly string[]): readonly string[] {
  for (const type of types) {
    if (type === 'PRIVATE') throw unsupported('private REST APIs (endpoint type PRIVATE)');
    if (type !== 'EDGE' && type !== 'REGIONAL') throw badRequest(`Invalid endpoint type specified: ${type}`);
  }
  return types.length > 0 ? types : ['EDGE'];
}

export function checkCompressionSize(size: number | undefined): number | undefined {
  if (size === undefined) return undefined;
  if (!Number.isInteger(size) || size < 0 || size > 10_485_760) {
    throw badRequest('Invalid minimum compression size, must be between 0 and 10485760');
  }
  return size;
}
