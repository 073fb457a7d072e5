import type { Call } from '../../../../core/operation.js';
import { randomId } from '../../../../core/random-id.js';
import { restOperation } from '../../api-operation.js';
import { restPage } from '../../page.js';
import { invalidPatch, readPatches } from '../../patch.js';
import type { DomainMapping, DomainRecord } from '../../records/domain.js';
import { notFound, unsupported } from '../../refusal.js';
import { createDomain, domainOf, putMapping, readBasePath, removeMapping, securityPolicyOf } from '../domain.js';

function domainOutput(domain: DomainRecord) {
  const { domainName, endpointType, certificateArn, securityPolicy, target, tags } = domain;
  return {
    domainName,
    domainNameStatus: 'AVAILABLE' as const,
    endpointConfiguration: { types: [endpointType], ipAddressType: 'ipv4' as const },
    securityPolicy,
    routingMode: 'BASE_PATH_MAPPING_ONLY' as const,
    tags,
    ...(endpointType === 'EDGE'
      ? { certificateArn, distributionDomainName: target }
      : { regionalCertificateArn: certificateArn, regionalDomainName: target }),
  };
}

function mappingOutput({ basePath, apiId, stage }: DomainMapping) {
  return { basePath: basePath === '' ? '(none)' : basePath, restApiId: apiId, ...(stage !== '' && { stage }) };
}

function mappingAt({ mappings }: DomainRecord, basePath: string): DomainMapping {
  const found = mappings.find((mapping) => mapping.basePath === readBasePath(basePath, 'one'));
  if (found === undefined) throw notFound('Invalid base path mapping identifier specified');
  return found;
}

export const createDomainName = restOperation({
  name: 'CreateDomainName',
  parse: ({ routingMode = 'BASE_PATH_MAPPING_ONLY', endpointConfiguration, ...input }) => {
    const { mutualTlsAuthentication, policy, certificateBody } = input;
    for (const [member, value] of Object.entries({ mutualTlsAuthentication, policy, certificateBody })) {
      if (value !== undefined) throw unsupported(`${member} of custom domain names`);
    }
    if (routingMode !== 'BASE_PATH_MAPPING_ONLY') throw unsupported(`the routing mode ${routingMode}`);
    return {
      endpointType: endpointConfiguration?.types?.[0] ?? 'EDGE',
      certificateArn: input.certificateArn ?? input.regionalCertificateArn,
    };
  },
  handle: ({ domainName, endpointType, certificateArn, securityPolicy, tags = {} }, call, store) =>
    store.change(async () =>
      domainOutput(await createDomain(store, call, { domainName, endpointType, certificateArn, securityPolicy, tags })),
    ),
});

export const getDomainName = restOperation({
  name: 'GetDomainName',
  handle: async ({ domainName }, call, store) => domainOutput(await domainOf(store, call, domainName)),
});

export const getDomainNames = restOperation({
  name: 'GetDomainNames',
  handle: async (page, call, store) =>
    restPage(['GetDomainNames'], page, await store.list(call, 'domain'), ({ domainName }) => domainName, domainOutput),
});

const DOMAIN_PATCHES = ['/certificateArn', '/regionalCertificateArn', '/securityPolicy'];

export const updateDomainName = restOperation({
  name: 'UpdateDomainName',
  parse: ({ patchOperations }) => ({ patches: readPatches(patchOperations) }),
  handle: ({ domainName, patches }, call, store) =>
    store.change(async () => {
      let domain = await domainOf(store, call, domainName);
      for (const patch of patches) {
        const { path, value = '' } = patch;
        if (!DOMAIN_PATCHES.includes(path)) throw invalidPatch(patch, DOMAIN_PATCHES);
        domain =
          path === '/securityPolicy'
            ? { ...domain, securityPolicy: securityPolicyOf(value) }
            : { ...domain, certificateArn: value };
      }
      await store.put(call, 'domain', domainName, domain);
      return domainOutput(domain);
    }),
});

export const deleteDomainName = restOperation({
  name: 'DeleteDomainName',
  handle: ({ domainName }, call, store) =>
    store.change(async () => {
      await domainOf(store, call, domainName);
      await store.remove(call, 'domain', domainName);
    }),
});

export const createBasePathMapping = restOperation({
  name: 'CreateBasePathMapping',
  parse: ({ stage, basePath }) => ({ stage: stageIn(stage), basePath: readBasePath(basePath, 'one') }),
  handle: ({ domainName, restApiId, stage, basePath }, call, store) =>
    store.change(async () => {
      const domain = await domainOf(store, call, domainName);
      const mapping = { id: mappingId(call), basePath, apiId: restApiId, stage };
      return mappingOutput(await putMapping(store, call, domain, mapping));
    }),
});

/** A mapping without a stage serves every stage of its API, named by the first segment below the base path. */
function stageIn(stage: string | undefined): string {
  return stage === undefined || stage === '(none)' ? '' : stage;
}

/** CloudFormation makes a mapping again, after a crash, under the id it chose for it. */
function mappingId(call: Call): string {
  return call.resourceId ?? randomId.lower(6);
}

export const getBasePathMapping = restOperation({
  name: 'GetBasePathMapping',
  handle: async ({ domainName, basePath }, call, store) =>
    mappingOutput(mappingAt(await domainOf(store, call, domainName), basePath)),
});

export const getBasePathMappings = restOperation({
  name: 'GetBasePathMappings',
  handle: async ({ domainName, ...page }, call, store) => {
    const { mappings } = await domainOf(store, call, domainName);
    return restPage(['GetBasePathMappings', domainName], page, mappings, ({ id }) => id, mappingOutput);
  },
});

const MAPPING_PATCHES = ['/basePath', '/restapiId', '/stage'];

export const updateBasePathMapping = restOperation({
  name: 'UpdateBasePathMapping',
  parse: ({ patchOperations }) => ({ patches: readPatches(patchOperations) }),
  handle: ({ domainName, basePath, patches }, call, store) =>
    store.change(async () => {
      const domain = await domainOf(store, call, domainName);
      let mapping = mappingAt(domain, basePath);
      for (const patch of patches) {
        const { path, value = '' } = patch;
        if (path === '/basePath') mapping = { ...mapping, basePath: readBasePath(value, 'one') };
        else if (path === '/restapiId') mapping = { ...mapping, apiId: value };
        else if (path === '/stage') mapping = { ...mapping, stage: stageIn(value) };
        else throw invalidPatch(patch, MAPPING_PATCHES);
      }
      return mappingOutput(await putMapping(store, call, domain, mapping));
    }),
});

export const deleteBasePathMapping = restOperation({
  name: 'DeleteBasePathMapping',
  handle: ({ domainName, basePath }, call, store) =>
    store.change(async () => {
      const domain = await domainOf(store, call, domainName);
      await removeMapping(store, call, domain, mappingAt(domain, basePath));
    }),
});
