import { defined } from '../../../core/defined.js';
import type { Scope } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import type { ApiStore } from '../api-store.js';
import { idBelow } from '../api-store.js';
import * as findHttp from '../http-api/find.js';
import type { DomainMapping, DomainRecord, SecurityPolicy } from '../records/domain.js';
import { badRequest, conflict, notFound } from '../refusal.js';
import * as find from '../rest-api/find.js';

/** @throws AwsError NotFoundException */
export async function domainOf(store: ApiStore, scope: Scope, domainName: string): Promise<DomainRecord> {
  const found = await store.get(scope, 'domain', domainName);
  if (found === undefined) throw notFound('Invalid domain name identifier specified');
  return found;
}

export interface NewDomain {
  readonly domainName: string;
  readonly endpointType: string;
  readonly certificateArn: string | undefined;
  readonly securityPolicy: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** @throws AwsError ConflictException where the name is taken, in whichever account and region */
export async function createDomain(store: ApiStore, scope: Scope, domain: NewDomain): Promise<DomainRecord> {
  const { domainName, certificateArn, tags } = domain;
  if (!/^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(domainName))
    throw badRequest(`Invalid domain name specified: ${domainName}`);
  if (store.domainPlace(domainName) !== undefined) throw conflict('The domain name you provided already exists.');
  const endpointType = endpointTypeOf(domain.endpointType);
  const label = randomId.lower(10);
  const record: DomainRecord = {
    domainName,
    endpointType,
    securityPolicy: securityPolicyOf(domain.securityPolicy ?? 'TLS_1_2'),
    target:
      endpointType === 'EDGE' ? `d${label}.cloudfront.net` : `d-${label}.execute-api.${scope.region}.amazonaws.com`,
    created: store.now(),
    tags,
    mappings: [],
    ...defined({ certificateArn }),
  };
  await store.put(scope, 'domain', domainName, record);
  return record;
}

export function endpointTypeOf(type: string): DomainRecord['endpointType'] {
  if (type === 'EDGE' || type === 'REGIONAL') return type;
  throw badRequest(`Invalid endpoint type specified: ${type}`);
}

const SECURITY_POLICIES: readonly SecurityPolicy[] = [
  'TLS_1_0',
  'TLS_1_2',
  'SecurityPolicy_TLS12_2018_EDGE',
  'SecurityPolicy_TLS12_PFS_2025_EDGE',
  'SecurityPolicy_TLS13_1_2_2021_06',
  'SecurityPolicy_TLS13_1_2_Ext2_FIPS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_Ext2_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_PQ_2025_09',
  'SecurityPolicy_TLS13_1_3_2025_09',
  'SecurityPolicy_TLS13_1_3_FIPS_2025_09',
  'SecurityPolicy_TLS13_2025_EDGE',
];

/** @throws AwsError BadRequestException */
export function securityPolicyOf(name: string): SecurityPolicy {
  const policy = SECURITY_POLICIES.find((known) => known === name);
  if (policy === undefined) throw badRequest(`Invalid security policy specified: ${name}`);
  return policy;
}

/** Maps a path of a domain to a stage, in the place of the mapping with the same id. */
export async function putMapping(
  store: ApiStore,
  scope: Scope,
  domain: DomainRecord,
  mapping: DomainMapping,
): Promise<DomainMapping> {
  await checkStage(store, scope, mapping);
  const others = domain.mappings.filter(({ id }) => id !== mapping.id);
  if (others.some(({ basePath }) => basePath === mapping.basePath))
    throw conflict('Base path already exists for this domain name');
  await store.put(scope, 'domain', domain.domainName, { ...domain, mappings: [...others, mapping] });
  return mapping;
}

export async function removeMapping(
  store: ApiStore,
  scope: Scope,
  domain: DomainRecord,
  { id }: DomainMapping,
): Promise<void> {
  const mappings = domain.mappings.filter((other) => other.id !== id);
  await store.put(scope, 'domain', domain.domainName, { ...domain, mappings });
}

/** @throws AwsError NotFoundException */
async function checkStage(store: ApiStore, scope: Scope, { apiId, stage }: DomainMapping): Promise<void> {
  const kind = store.placeOf(apiId)?.kind;
  if (kind === 'httpApi' || kind === 'webSocketApi') {
    await findHttp.httpStage(store, scope, apiId, stage);
    return;
  }
  await find.restApi(store, scope, apiId);
  if (stage === '') return;
  if (!(await store.get(scope, 'stage', idBelow(apiId, stage)))) throw notFound('Invalid stage identifier specified');
}

/**
 * `path` without slashes around it; `(none)` means the root.
 * @throws AwsError BadRequestException
 */
export function readBasePath(path: string | undefined, levels: 'one' | 'many'): string {
  if (path === undefined || path === '' || path === '(none)') return '';
  const allowed =
    levels === 'one' ? /^[A-Za-z0-9$\-_.+!*'()]+$/ : /^[A-Za-z0-9$\-_.+!*'()]+(?:\/[A-Za-z0-9$\-_.+!*'()]+)*$/;
  if (!allowed.test(path))
    throw badRequest(
      `Base path may only contain letters, numbers and one of the following special characters: $-_.+!*'()`,
    );
  return path;
}
