import { randomId } from '../../../core/random-id.js';
import type { ApiModel } from '../../execute-api/index.js';
import type { EndpointType, IpAddressType, RestApiRecord } from '../records/rest-api.js';
import { badRequest } from '../refusal.js';
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
  readonly ipAddressType?: IpAddressType | undefined;
  readonly vpcEndpointIds?: readonly string[] | undefined;
  readonly policy?: string | undefined;
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

/** In the order of AWS's sentence. */
const TYPES: readonly EndpointType[] = ['REGIONAL', 'EDGE', 'PRIVATE'];

/** @throws AwsError BadRequestException for unknown types */
export function checkEndpointTypes(types: readonly string[]): readonly EndpointType[] {
  const checked = types.map((type) => {
    const known = TYPES.find((one) => one === type);
    if (known === undefined) throw badRequest(`Invalid EndpointTypes specified. Valid options are ${TYPES.join(',')}`);
    return known;
  });
  return checked.length > 0 ? checked : ['EDGE'];
}

/**
 * The address type that an API of these endpoints has. Private ones have both kinds of addresses.
 * @param asked what a request asks for; undefined for the usual one
 */
export function checkIpAddressType(
  asked: string | undefined,
  endpointTypes: readonly EndpointType[],
): IpAddressType | undefined {
  if (asked === undefined) return undefined;
  if (asked !== 'ipv4' && asked !== 'dualstack') throw badRequest('ipAddressType must be either ipv4 or dualstack.');
  if (asked === 'ipv4' && endpointTypes.includes('PRIVATE'))
    throw badRequest('Only dualstack ipAddressType is supported for Private APIs.');
  return asked;
}

export function checkCompressionSize(size: number | undefined): number | undefined {
  if (size === undefined) return undefined;
  if (!Number.isInteger(size) || size < 0 || size > 10_485_760) {
    throw badRequest('Invalid minimum compression size, must be between 0 and 10485760');
  }
  return size;
}
