import type { Scope } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import { pageOf } from '../../../kit/page.js';
import { type FunctionReference, functionArn, parseUnqualifiedName } from '../functions/function-name.js';
import type { AliasRecord, FunctionRecord } from '../functions/function-record.js';
import { functionNotFound } from '../functions/function-store.js';
import { checkRevision } from '../functions/revision.js';
import { aliasNotFound } from '../functions/versions.js';
import { conflict, invalidMarker, invalidParameter } from '../lambda-error.js';
import { functionAccess, lambdaOperation } from '../service-state.js';

const NAME = { min: 1, max: 128, pattern: /(?!^[0-9]+$)([a-zA-Z0-9-_]+)/ };
const VERSION = { pattern: /(\$LATEST|[0-9]+)/ };
const DESCRIPTION = { max: 256 };
const LARGEST_PAGE = 10_000;

interface AliasInput {
  readonly FunctionName: string;
  readonly Name: string;
  readonly FunctionVersion?: string | undefined;
  readonly Description?: string | undefined;
  readonly RoutingConfig?: { readonly AdditionalVersionWeights?: AliasRecord['weights'] | undefined } | undefined;
  readonly RevisionId?: string | undefined;
}

function parseAlias(input: AliasInput, scope: Scope) {
  return {
    reference: parseUnqualifiedName(input.FunctionName, scope),
    name: input.Name,
    version: input.FunctionVersion,
    description: input.Description,
    weights: input.RoutingConfig && checkedWeights(input.RoutingConfig.AdditionalVersionWeights ?? {}),
    revisionId: input.RevisionId,
  };
}

function checkedWeights(weights: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  for (const [version, weight] of Object.entries(weights)) {
    if (!(weight >= 0 && weight <= 1)) {
      throw invalidParameter(`The weight ${weight} of version ${version} is not from 0 to 1.`);
    }
  }
  return weights;
}

function aliasConfiguration(alias: AliasRecord, reference: FunctionReference) {
  const { weights = {} } = alias;
  return {
    AliasArn: functionArn({ ...reference, qualifier: alias.name }),
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    RoutingConfig: Object.keys(weights).length > 0 ? { AdditionalVersionWeights: weights } : undefined,
    RevisionId: alias.revisionId,
  };
}

function checkVersions(record: FunctionRecord, alias: AliasRecord, reference: FunctionReference): void {
  const weighted = Object.keys(alias.weights ?? {});
  for (const version of [alias.version, ...weighted]) {
    if (version !== '$LATEST' && !record.versions.some((each) => each.version === version)) {
      throw functionNotFound({ ...reference, qualifier: version });
    }
  }
  if (alias.version === '$LATEST' && weighted.length > 0) {
    throw invalidParameter('$LATEST is not supported for an alias pointing to more than 1 version');
  }
}

/** @throws AwsError ResourceNotFoundException */
function aliasOf({ aliases }: FunctionRecord, name: string, reference: FunctionReference): AliasRecord {
  const alias = aliases.find((each) => each.name === name);
  if (alias === undefined) throw aliasNotFound({ ...reference, qualifier: name });
  return alias;
}

export const createAlias = lambdaOperation({
  name: 'CreateAlias',
  limits: { Name: NAME, FunctionVersion: VERSION, Description: DESCRIPTION },
  parse: (input, scope) => ({ ...parseAlias(input, scope), version: input.FunctionVersion }),
  access: (row) => [functionAccess(row, 'CreateAlias')],
  handle: async ({ reference, name, version, description = '', weights }, _call, { functions }) => {
    const alias: AliasRecord = { name, version, description, revisionId: randomId.uuid(), weights };
    await functions.change(reference, (record) => {
      checkVersions(record, alias, reference);
      if (record.aliases.some((each) => each.name === name)) {
        throw conflict(`Alias already exists: ${functionArn({ ...reference, qualifier: name })}`);
      }
      return { ...record, aliases: [...record.aliases, alias] };
    });
    return aliasConfiguration(alias, reference);
  },
});

export const updateAlias = lambdaOperation({
  name: 'UpdateAlias',
  limits: { Name: NAME, FunctionVersion: VERSION, Description: DESCRIPTION },
  parse: parseAlias,
  access: (row) => [functionAccess(row, 'UpdateAlias')],
  handle: async ({ reference, name, version, description, weights, revisionId }, _call, { functions }) => {
    const record = await functions.change(reference, (before) => {
      const alias = aliasOf(before, name, reference);
      checkRevision(revisionId, alias.revisionId, 'GetFunction/GetAlias');
      const after: AliasRecord = {
        name,
        version: version ?? alias.version,
        description: description ?? alias.description,
        weights: weights ?? alias.weights,
        revisionId: randomId.uuid(),
      };
      checkVersions(before, after, reference);
      return { ...before, aliases: before.aliases.map((each) => (each === alias ? after : each)) };
    });
    return aliasConfiguration(aliasOf(record, name, reference), reference);
  },
});

export const getAlias = lambdaOperation({
  name: 'GetAlias',
  limits: { Name: NAME },
  parse: parseAlias,
  access: (row) => [functionAccess(row, 'GetAlias')],
  handle: async ({ reference, name }, _call, { functions }) =>
    aliasConfiguration(aliasOf(await functions.get(reference), name, reference), reference),
});

export const deleteAlias = lambdaOperation({
  name: 'DeleteAlias',
  limits: { Name: NAME },
  parse: parseAlias,
  access: (row) => [functionAccess(row, 'DeleteAlias')],
  handle: async ({ reference, name }, _call, { functions, urls }) => {
    const url = urls.find({ ...reference, qualifier: name });
    if (url) await urls.delete(url);
    // AWS answers the same if there is none.
    await functions.change(reference, (record) => {
      const aliases = record.aliases.filter((each) => each.name !== name);
      if (aliases.length === record.aliases.length) return record;
      const { [name]: _, ...policies } = record.policies;
      const { [name]: __, ...eventInvokeConfigs } = record.eventInvokeConfigs ?? {};
      const { [name]: ___, ...provisioned } = record.provisioned ?? {};
      return { ...record, aliases, policies, eventInvokeConfigs, provisioned };
    });
  },
});

export const listAliases = lambdaOperation({
  name: 'ListAliases',
  limits: { FunctionVersion: VERSION, MaxItems: { min: 1, max: LARGEST_PAGE } },
  parse: ({ FunctionName, ...list }, scope) => ({ reference: parseUnqualifiedName(FunctionName, scope), ...list }),
  access: (row) => [functionAccess(row, 'ListAliases')],
  handle: async ({ reference, FunctionVersion, Marker, MaxItems = LARGEST_PAGE }, _call, { functions }) => {
    const { aliases } = await functions.get(reference);
    const listed = aliases
      .filter(({ version }) => FunctionVersion === undefined || version === FunctionVersion)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const { items, next } = pageOf(listed, {
      keyOf: ({ name }) => name,
      limit: MaxItems,
      token: Marker,
      of: ['ListAliases', functionArn(reference), FunctionVersion],
      refuse: invalidMarker,
    });
    return { Aliases: items.map((alias) => aliasConfiguration(alias, reference)), NextMarker: next };
  },
});
