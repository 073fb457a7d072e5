import { type Members, membersOf } from '../../../core/members.js';
import { randomId } from '../../../core/random-id.js';
import { labels, textMap } from '../input.js';
import { badRequest, notFound, unsupported } from '../refusal.js';
import { restOperation } from '../rest-operation.js';
import { createDomain, domainOf, endpointTypeOf, putMapping, readBasePath, removeMapping } from './domain.js';
import type { DomainMapping, DomainRecord } from './domain-record.js';

const DOMAIN_PATH = '/v2/domainnames/{domainName}';
const MAPPINGS_PATH = `${DOMAIN_PATH}/apimappings`;
const MAPPING_PATH = `${MAPPINGS_PATH}/{apiMappingId}`;

function domainOutput({ domainName, endpointType, certificateArn, securityPolicy, target, tags }: DomainRecord) {
  return {
    domainName,
    apiMappingSelectionExpression: '$request.basepath',
    routingMode: 'API_MAPPING_ONLY',
    tags,
    domainNameConfigurations: [
      {
        apiGatewayDomainName: target,
        certificateArn,
        domainNameStatus: 'AVAILABLE',
        endpointType,
        ipAddressType: 'ipv4',
        securityPolicy,
      },
    ],
  };
}

function mappingOutput({ id, basePath, apiId, stage }: DomainMapping) {
  return { apiMappingId: id, apiMappingKey: basePath, apiId, stage };
}

function mappingWith({ mappings }: DomainRecord, id: string): DomainMapping {
  const found = mappings.find((mapping) => mapping.id === id);
  if (found === undefined) throw notFound('Invalid API mapping identifier specified');
  return found;
}

/** The input that CreateDomainName and UpdateDomainName share. */
function readConfiguration(members: Members) {
  if (members.has('mutualTlsAuthentication')) throw unsupported('mutualTlsAuthentication of custom domain names');
  const routing = members.text('routingMode');
  if (routing !== undefined && routing !== 'API_MAPPING_ONLY') throw unsupported(`the routing mode ${routing}`);
  const [configuration, second] = members.structures('domainNameConfigurations');
  if (configuration === undefined || second !== undefined)
    throw badRequest('Exactly one domain name configuration must be specified');
  return {
    endpointType: configuration.text('endpointType') ?? 'REGIONAL',
    certificateArn: configuration.text('certificateArn'),
    securityPolicy: configuration.text('securityPolicy'),
  };
}

export const createDomainName = restOperation({
  name: 'V2CreateDomainName',
  http: { method: 'POST', path: '/v2/domainnames', status: 201 },
  parse: (raw) => {
    const members = membersOf(raw);
    return {
      ...labels(raw, 'domainName'),
      ...readConfiguration(members),
      tags: textMap(members.raw('tags'), 'tags'),
    };
  },
  handle: (input, call, store) => store.change(async () => domainOutput(await createDomain(store, call, input))),
});

export const getDomainName = restOperation({
  name: 'V2GetDomainName',
  http: { method: 'GET', path: DOMAIN_PATH },
  parse: (raw) => labels(raw, 'domainName'),
  handle: async ({ domainName }, call, store) => domainOutput(await domainOf(store, call, domainName)),
});

export const getDomainNames = restOperation({
  name: 'V2GetDomainNames',
  http: { method: 'GET', path: '/v2/domainnames' },
  parse: () => ({}),
  handle: async (_input, call, store) => ({ items: (await store.list(call, 'domain')).map(domainOutput) }),
});

export const updateDomainName = restOperation({
  name: 'V2UpdateDomainName',
  http: { method: 'PATCH', path: DOMAIN_PATH },
  parse: (raw) => ({ ...labels(raw, 'domainName'), ...readConfiguration(membersOf(raw)) }),
  handle: ({ domainName, endpointType, certificateArn, securityPolicy }, call, store) =>
    store.change(async () => {
      const domain: DomainRecord = {
        ...(await domainOf(store, call, domainName)),
        endpointType: endpointTypeOf(endpointType),
        ...(certificateArn !== undefined && { certificateArn }),
        ...(securityPolicy !== undefined && { securityPolicy }),
      };
      await store.put(call, 'domain', domainName, domain);
      return domainOutput(domain);
    }),
});

export const deleteDomainName = restOperation({
  name: 'V2DeleteDomainName',
  http: { method: 'DELETE', path: DOMAIN_PATH, status: 204 },
  parse: (raw) => labels(raw, 'domainName'),
  handle: ({ domainName }, call, store) =>
    store.change(async () => {
      await domainOf(store, call, domainName);
      await store.remove(call, 'domain', domainName);
      return undefined;
    }),
});

export const createApiMapping = restOperation({
  name: 'V2CreateApiMapping',
  http: { method: 'POST', path: MAPPINGS_PATH, status: 201 },
  parse: (raw) => ({
    ...labels(raw, 'domainName', 'apiId', 'stage'),
    basePath: readBasePath(membersOf(raw).text('apiMappingKey'), 'many'),
  }),
  handle: ({ domainName, apiId, stage, basePath }, call, store) =>
    store.change(async () => {
      const domain = await domainOf(store, call, domainName);
      const mapping = { id: call.resourceId ?? randomId.lower(6), basePath, apiId, stage };
      return mappingOutput(await putMapping(store, call, domain, mapping));
    }),
});

export const getApiMapping = restOperation({
  name: 'V2GetApiMapping',
  http: { method: 'GET', path: MAPPING_PATH },
  parse: (raw) => labels(raw, 'domainName', 'apiMappingId'),
  handle: async ({ domainName, apiMappingId }, call, store) =>
    mappingOutput(mappingWith(await domainOf(store, call, domainName), apiMappingId)),
});

export const getApiMappings = restOperation({
  name: 'V2GetApiMappings',
  http: { method: 'GET', path: MAPPINGS_PATH },
  parse: (raw) => labels(raw, 'domainName'),
  handle: async ({ domainName }, call, store) => ({
    items: (await domainOf(store, call, domainName)).mappings.map(mappingOutput),
  }),
});

export const updateApiMapping = restOperation({
  name: 'V2UpdateApiMapping',
  http: { method: 'PATCH', path: MAPPING_PATH },
  parse: (raw) => {
    const members = membersOf(raw);
    return {
      ...labels(raw, 'domainName', 'apiMappingId', 'apiId'),
      stage: members.text('stage'),
      basePath: members.has('apiMappingKey') ? readBasePath(members.text('apiMappingKey'), 'many') : undefined,
    };
  },
  handle: ({ domainName, apiMappingId, apiId, stage, basePath }, call, store) =>
    store.change(async () => {
      const domain = await domainOf(store, call, domainName);
      const before = mappingWith(domain, apiMappingId);
      const mapping = { ...before, apiId, stage: stage ?? before.stage, basePath: basePath ?? before.basePath };
      return mappingOutput(await putMapping(store, call, domain, mapping));
    }),
});

export const deleteApiMapping = restOperation({
  name: 'V2DeleteApiMapping',
  http: { method: 'DELETE', path: MAPPING_PATH, status: 204 },
  parse: (raw) => labels(raw, 'domainName', 'apiMappingId'),
  handle: ({ domainName, apiMappingId }, call, store) =>
    store.change(async () => {
      const domain = await domainOf(store, call, domainName);
      await removeMapping(store, call, domain, mappingWith(domain, apiMappingId));
      return undefined;
    }),
});
