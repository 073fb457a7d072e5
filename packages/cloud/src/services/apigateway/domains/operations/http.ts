import { randomId } from '../../../../core/random-id.js';
import type { Input } from '../../../../model/client-types.js';
import { httpOperation } from '../../api-operation.js';
import { httpPage } from '../../page.js';
import type { DomainMapping, DomainRecord } from '../../records/domain.js';
import { badRequest, notFound, unsupported } from '../../refusal.js';
import { createDomain, domainOf, endpointTypeOf, putMapping, readBasePath, removeMapping } from '../domain.js';

function domainOutput({ domainName, endpointType, certificateArn, securityPolicy, target, tags }: DomainRecord) {
  return {
    DomainName: domainName,
    ApiMappingSelectionExpression: '$request.basepath',
    RoutingMode: 'API_MAPPING_ONLY',
    Tags: tags,
    DomainNameConfigurations: [
      {
        ApiGatewayDomainName: target,
        CertificateArn: certificateArn,
        DomainNameStatus: 'AVAILABLE',
        EndpointType: endpointType,
        IpAddressType: 'ipv4',
        SecurityPolicy: securityPolicy === 'TLS_1_0' || securityPolicy === 'TLS_1_2' ? securityPolicy : undefined,
      },
    ],
  } as const;
}

function mappingOutput({ id, basePath, apiId, stage }: DomainMapping) {
  return { ApiMappingId: id, ApiMappingKey: basePath, ApiId: apiId, Stage: stage };
}

function mappingWith({ mappings }: DomainRecord, id: string): DomainMapping {
  const found = mappings.find((mapping) => mapping.id === id);
  if (found === undefined) throw notFound('Invalid API mapping identifier specified');
  return found;
}

/** The settings that CreateDomainName and UpdateDomainName both take. */
function readConfiguration({
  MutualTlsAuthentication,
  RoutingMode = 'API_MAPPING_ONLY',
  DomainNameConfigurations: [configuration, second] = [],
}: Input<'apigatewayv2', 'UpdateDomainName'>) {
  if (MutualTlsAuthentication !== undefined) throw unsupported('MutualTlsAuthentication of custom domain names');
  if (RoutingMode !== 'API_MAPPING_ONLY') throw unsupported(`the routing mode ${RoutingMode}`);
  if (configuration === undefined || second !== undefined)
    throw badRequest('Exactly one domain name configuration must be specified');
  return {
    endpointType: configuration.EndpointType ?? 'REGIONAL',
    certificateArn: configuration.CertificateArn,
    securityPolicy: configuration.SecurityPolicy,
  };
}

export const createDomainName = httpOperation({
  name: 'CreateDomainName',
  parse: readConfiguration,
  handle: ({ DomainName, Tags = {}, endpointType, certificateArn, securityPolicy }, call, store) =>
    store.change(async () => {
      const domain = { domainName: DomainName, endpointType, certificateArn, securityPolicy, tags: Tags };
      return domainOutput(await createDomain(store, call, domain));
    }),
});

export const getDomainName = httpOperation({
  name: 'GetDomainName',
  handle: async ({ DomainName }, call, store) => domainOutput(await domainOf(store, call, DomainName)),
});

export const getDomainNames = httpOperation({
  name: 'GetDomainNames',
  handle: async (page, call, store) =>
    httpPage(['GetDomainNames'], page, await store.list(call, 'domain'), ({ domainName }) => domainName, domainOutput),
});

export const updateDomainName = httpOperation({
  name: 'UpdateDomainName',
  parse: readConfiguration,
  handle: ({ DomainName, endpointType, certificateArn, securityPolicy }, call, store) =>
    store.change(async () => {
      const before = await domainOf(store, call, DomainName);
      const domain: DomainRecord = {
        ...before,
        endpointType: endpointTypeOf(endpointType),
        certificateArn: certificateArn ?? before.certificateArn,
        securityPolicy: securityPolicy ?? before.securityPolicy,
      };
      await store.put(call, 'domain', DomainName, domain);
      return domainOutput(domain);
    }),
});

export const deleteDomainName = httpOperation({
  name: 'DeleteDomainName',
  handle: ({ DomainName }, call, store) =>
    store.change(async () => {
      await domainOf(store, call, DomainName);
      await store.remove(call, 'domain', DomainName);
    }),
});

export const createApiMapping = httpOperation({
  name: 'CreateApiMapping',
  parse: ({ ApiMappingKey }) => ({ basePath: readBasePath(ApiMappingKey, 'many') }),
  handle: ({ DomainName, ApiId, Stage, basePath }, call, store) =>
    store.change(async () => {
      const domain = await domainOf(store, call, DomainName);
      const mapping = { id: call.resourceId ?? randomId.lower(6), basePath, apiId: ApiId, stage: Stage };
      return mappingOutput(await putMapping(store, call, domain, mapping));
    }),
});

export const getApiMapping = httpOperation({
  name: 'GetApiMapping',
  handle: async ({ DomainName, ApiMappingId }, call, store) =>
    mappingOutput(mappingWith(await domainOf(store, call, DomainName), ApiMappingId)),
});

export const getApiMappings = httpOperation({
  name: 'GetApiMappings',
  handle: async ({ DomainName, ...page }, call, store) => {
    const { mappings } = await domainOf(store, call, DomainName);
    return httpPage(['GetApiMappings', DomainName], page, mappings, ({ id }) => id, mappingOutput);
  },
});

export const updateApiMapping = httpOperation({
  name: 'UpdateApiMapping',
  parse: ({ ApiMappingKey }) => ({
    basePath: ApiMappingKey === undefined ? undefined : readBasePath(ApiMappingKey, 'many'),
  }),
  handle: ({ DomainName, ApiMappingId, ApiId, Stage, basePath }, call, store) =>
    store.change(async () => {
      const domain = await domainOf(store, call, DomainName);
      const before = mappingWith(domain, ApiMappingId);
      const mapping = {
        ...before,
        apiId: ApiId,
        stage: Stage ?? before.stage,
        basePath: basePath ?? before.basePath,
      };
      return mappingOutput(await putMapping(store, call, domain, mapping));
    }),
});

export const deleteApiMapping = httpOperation({
  name: 'DeleteApiMapping',
  handle: ({ DomainName, ApiMappingId }, call, store) =>
    store.change(async () => {
      const domain = await domainOf(store, call, DomainName);
      await removeMapping(store, call, domain, mappingWith(domain, ApiMappingId));
    }),
});
