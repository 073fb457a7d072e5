import { membersOf } from '../../../core/members.js';
import type { Call } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import { labels, pageOf, readPage, textMap } from '../input.js';
import { invalidPatch, readPatches } from '../patch.js';
import { notFound, unsupported } from '../refusal.js';
import { restOperation } from '../rest-operation.js';
import { createDomain, domainOf, putMapping, readBasePath, removeMapping } from './domain.js';
import type { DomainMapping, DomainRecord } from './domain-record.js';

const DOMAIN_PATH = '/domainnames/{domainName}';
const MAPPING_PATH = `${DOMAIN_PATH}/basepathmappings/{basePath}`;

function domainOutput(domain: DomainRecord) {
  const { domainName, endpointType, certificateArn, securityPolicy, target, tags } = domain;
  return {
    domainName,
    domainNameStatus: 'AVAILABLE',
    endpointConfiguration: { types: [endpointType], ipAddressType: 'ipv4' },
    securityPolicy,
    routingMode: 'BASE_PATH_MAPPING_ONLY',
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
  http: { method: 'POST', path: '/domainnames', status: 201 },
  parse: (raw) => {
    const members = membersOf(raw);
    for (const member of ['mutualTlsAuthentication', 'policy', 'certificateBody']) {
      if (members.has(member)) throw unsupported(`${member} of custom domain names`);
    }
    const routing = members.text('routingMode');
    if (routing !== undefined && routing !== 'BASE_PATH_MAPPING_ONLY') throw unsupported(`the routing mode ${routing}`);
    return {
      domainName: members.neededText('domainName'),
      endpointType: members.structure('endpointConfiguration')?.texts('types')[0] ?? 'EDGE',
      certificateArn: members.text('certificateArn') ?? members.text('regionalCertificateArn'),
      securityPolicy: members.text('securityPolicy'),
      tags: textMap(members.raw('tags'), 'tags'),
    };
  },
  handle: (input, call, store) => store.change(async () => domainOutput(await createDomain(store, call, input))),
});

export const getDomainName = restOperation({
  name: 'GetDomainName',
  http: { method: 'GET', path: DOMAIN_PATH },
  parse: (raw) => labels(raw, 'domainName'),
  handle: async ({ domainName }, call, store) => domainOutput(await domainOf(store, call, domainName)),
});

export const getDomainNames = restOperation({
  name: 'GetDomainNames',
  http: { method: 'GET', path: '/domainnames', query: { limit: 'limit', position: 'position' } },
  parse: (raw) => ({ page: readPage(membersOf(raw)) }),
  handle: async ({ page }, call, store) =>
    pageOf(await store.list(call, 'domain'), page, ({ domainName }) => domainName, domainOutput),
});

const DOMAIN_PATCHES = ['/certificateArn', '/regionalCertificateArn', '/securityPolicy'];

export const updateDomainName = restOperation({
  name: 'UpdateDomainName',
  http: { method: 'PATCH', path: DOMAIN_PATH },
  parse: (raw) => ({ ...labels(raw, 'domainName'), patches: readPatches(membersOf(raw)) }),
  handle: ({ domainName, patches }, call, store) =>
    store.change(async () => {
      let domain = await domainOf(store, call, domainName);
      for (const patch of patches) {
        const { path, value = '' } = patch;
        if (!DOMAIN_PATCHES.includes(path)) throw invalidPatch(patch, DOMAIN_PATCHES);
        domain = { ...domain, [path === '/securityPolicy' ? 'securityPolicy' : 'certificateArn']: value };
      }
      await store.put(call, 'domain', domainName, domain);
      return domainOutput(domain);
    }),
});

export const deleteDomainName = restOperation({
  name: 'DeleteDomainName',
  http: { method: 'DELETE', path: DOMAIN_PATH, status: 202 },
  parse: (raw) => labels(raw, 'domainName'),
  handle: ({ domainName }, call, store) =>
    store.change(async () => {
      await domainOf(store, call, domainName);
      await store.remove(call, 'domain', domainName);
      return undefined;
    }),
});

export const createBasePathMapping = restOperation({
  name: 'CreateBasePathMapping',
  http: { method: 'POST', path: `${DOMAIN_PATH}/basepathmappings`, status: 201 },
  parse: (raw) => ({
    ...labels(raw, 'domainName', 'restApiId'),
    stage: stageIn(membersOf(raw).text('stage')),
    basePath: readBasePath(membersOf(raw).text('basePath'), 'one'),
  }),
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
  http: { method: 'GET', path: MAPPING_PATH },
  parse: (raw) => labels(raw, 'domainName', 'basePath'),
  handle: async ({ domainName, basePath }, call, store) =>
    mappingOutput(mappingAt(await domainOf(store, call, domainName), basePath)),
});

export const getBasePathMappings = restOperation({
  name: 'GetBasePathMappings',
  http: {
    method: 'GET',
    path: `${DOMAIN_PATH}/basepathmappings`,
    query: { limit: 'limit', position: 'position' },
  },
  parse: (raw) => ({ ...labels(raw, 'domainName'), page: readPage(membersOf(raw)) }),
  handle: async ({ domainName, page }, call, store) =>
    pageOf((await domainOf(store, call, domainName)).mappings, page, ({ id }) => id, mappingOutput),
});

const MAPPING_PATCHES = ['/basePath', '/restapiId', '/stage'];

export const updateBasePathMapping = restOperation({
  name: 'UpdateBasePathMapping',
  http: { method: 'PATCH', path: MAPPING_PATH },
  parse: (raw) => ({ ...labels(raw, 'domainName', 'basePath'), patches: readPatches(membersOf(raw)) }),
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
  http: { method: 'DELETE', path: MAPPING_PATH, status: 202 },
  parse: (raw) => labels(raw, 'domainName', 'basePath'),
  handle: ({ domainName, basePath }, call, store) =>
    store.change(async () => {
      const domain = await domainOf(store, call, domainName);
      await removeMapping(store, call, domain, mappingAt(domain, basePath));
      return undefined;
    }),
});
