import { AwsError } from '../../../core/aws-error.js';
import { InputReader } from '../../../core/input-reader.js';
import { randomId } from '../../../core/random-id.js';
import { type FunctionReference, functionArn, parseUnqualifiedName } from '../function-name.js';
import type { AliasRecord, FunctionRecord } from '../function-record.js';
import { functionNotFound } from '../function-store.js';
import { invalidParameter } from '../invalid-parameter.js';
import { checkRevision } from '../revision.js';
import { functionAccess, lambdaOperation } from '../service-state.js';

const PATH = '/2015-03-31/functions/{FunctionName}/aliases';
const NAME = { pattern: /^(?!^[0-9]+$)([a-zA-Z0-9-_]+)$/, max: 128 };
const VERSION = { pattern: /^(\$LATEST|[0-9]+)$/ };

function readAlias(raw: unknown) {
  const input = new InputReader(raw);
  const routing = input.structure('RoutingConfig');
  const parsed = {
    functionName: input.requiredText('FunctionName'),
    name: input.requiredText('Name', NAME),
    version: input.text('FunctionVersion', VERSION),
    description: input.text('Description', { max: 256 }),
    weights: routing && readWeights(routing.textMap('AdditionalVersionWeights') ?? {}),
    revisionId: input.text('RevisionId'),
  };
  return { input, parsed };
}

function parseAlias(raw: unknown) {
  const { input, parsed } = readAlias(raw);
  input.check();
  return parsed;
}

function readWeights(given: Readonly<Record<string, string>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(given).map(([version, text]) => {
      const weight = Number(text);
      if (!(weight >= 0 && weight <= 1))
        throw invalidParameter(`The weight ${text} of version ${version} is not from 0 to 1.`);
      return [version, weight];
    }),
  );
}

function aliasConfiguration(alias: AliasRecord, reference: FunctionReference) {
  return {
    AliasArn: functionArn({ ...reference, qualifier: alias.name }),
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    ...(alias.weights &&
      Object.keys(alias.weights).length > 0 && { RoutingConfig: { AdditionalVersionWeights: alias.weights } }),
    RevisionId: alias.revisionId,
  };
}

function checkVersions(record: FunctionRecord, alias: AliasRecord, reference: FunctionReference): void {
  for (const version of [alias.version, ...Object.keys(alias.weights ?? {})]) {
    if (version !== '$LATEST' && !record.versions.some((each) => each.version === version)) {
      throw functionNotFound({ ...reference, qualifier: version });
    }
  }
  if (alias.version === '$LATEST' && Object.keys(alias.weights ?? {}).length > 0) {
    throw invalidParameter('$LATEST is not supported for an alias pointing to more than 1 version');
  }
}

function aliasNotFound(name: string, reference: FunctionReference): AwsError {
  const arn = functionArn({ ...reference, qualifier: name });
  return new AwsError('ResourceNotFoundException', `Cannot find alias arn: ${arn}`, 404, { Type: 'User' });
}

type ParsedAlias = ReturnType<typeof parseAlias>;

export const createAlias = lambdaOperation({
  name: 'CreateAlias',
  http: { method: 'POST', path: PATH, status: 201 },
  parse: (raw): ParsedAlias & { readonly version: string } => {
    const { input, parsed } = readAlias(raw);
    if (parsed.version === undefined) input.missing('FunctionVersion');
    input.check();
    return { ...parsed, version: parsed.version ?? '' };
  },
  access: (row) => [functionAccess(row, 'CreateAlias')],
  handle: async ({ functionName, name, version, description, weights }, call, { functions }) => {
    const reference = parseUnqualifiedName(functionName, call);
    const alias = {
      name,
      version,
      description: description ?? '',
      revisionId: randomId.uuid(),
      ...(weights && { weights }),
    };
    await functions.change(reference, (record) => {
      checkVersions(record, alias, reference);
      if (record.aliases.some((each) => each.name === name)) {
        const arn = functionArn({ ...reference, qualifier: name });
        throw new AwsError('ResourceConflictException', `Alias already exists: ${arn}`, 409, { Type: 'User' });
      }
      return { ...record, aliases: [...record.aliases, alias] };
    });
    return aliasConfiguration(alias, reference);
  },
});

export const updateAlias = lambdaOperation({
  name: 'UpdateAlias',
  http: { method: 'PUT', path: `${PATH}/{Name}` },
  parse: parseAlias,
  access: (row) => [functionAccess(row, 'UpdateAlias')],
  handle: async ({ functionName, name, version, description, weights, revisionId }, call, { functions }) => {
    const reference = parseUnqualifiedName(functionName, call);
    const record = await functions.change(reference, (before) => {
      const alias = before.aliases.find((each) => each.name === name);
      if (alias === undefined) throw aliasNotFound(name, reference);
      checkRevision(revisionId, alias.revisionId, 'GetAlias');
      const after: AliasRecord = {
        ...alias,
        ...(version !== undefined && { version }),
        ...(description !== undefined && { description }),
        ...(weights && { weights }),
        revisionId: randomId.uuid(),
      };
      checkVersions(before, after, reference);
      return { ...before, aliases: before.aliases.map((each) => (each === alias ? after : each)) };
    });
    const alias = record.aliases.find((each) => each.name === name);
    if (alias === undefined) throw aliasNotFound(name, reference);
    return aliasConfiguration(alias, reference);
  },
});

export const getAlias = lambdaOperation({
  name: 'GetAlias',
  http: { method: 'GET', path: `${PATH}/{Name}` },
  parse: parseAlias,
  access: (row) => [functionAccess(row, 'GetAlias')],
  handle: async ({ functionName, name }, call, { functions }) => {
    const reference = parseUnqualifiedName(functionName, call);
    const alias = (await functions.get(reference)).aliases.find((each) => each.name === name);
    if (alias === undefined) throw aliasNotFound(name, reference);
    return aliasConfiguration(alias, reference);
  },
});

export const deleteAlias = lambdaOperation({
  name: 'DeleteAlias',
  http: { method: 'DELETE', path: `${PATH}/{Name}`, status: 204 },
  parse: parseAlias,
  access: (row) => [functionAccess(row, 'DeleteAlias')],
  handle: async ({ functionName, name }, call, { functions }) => {
    const reference = parseUnqualifiedName(functionName, call);
    // AWS answers the same if there is none.
    await functions.change(reference, (record) => {
      const aliases = record.aliases.filter((each) => each.name !== name);
      if (aliases.length === record.aliases.length) return record;
      const { [name]: _, ...policies } = record.policies;
      const { [name]: __, ...eventInvokeConfigs } = record.eventInvokeConfigs ?? {};
      return { ...record, aliases, policies, eventInvokeConfigs };
    });
  },
});

export const listAliases = lambdaOperation({
  name: 'ListAliases',
  http: { method: 'GET', path: PATH, query: { FunctionVersion: 'FunctionVersion' } },
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = {
      functionName: input.requiredText('FunctionName'),
      version: input.text('FunctionVersion', VERSION),
    };
    input.check();
    return parsed;
  },
  access: (row) => [functionAccess(row, 'ListAliases')],
  handle: async ({ functionName, version }, call, { functions }) => {
    const reference = parseUnqualifiedName(functionName, call);
    const { aliases } = await functions.get(reference);
    return {
      Aliases: aliases
        .filter((alias) => version === undefined || alias.version === version)
        .map((alias) => aliasConfiguration(alias, reference)),
    };
  },
});
