import { anything } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { pageOf } from '../../../kit/page.js';
import { parseSecretId } from '../secret-id.js';
import { dateOf, descriptionOf, identityOf, stagesById } from '../secret-output.js';
import type { SecretRecord } from '../secret-record.js';
import { onSecret, secretsOperation } from '../service-state.js';
import { hasValue } from '../versions.js';

const invalidToken = () => new AwsError('InvalidNextTokenException', 'The NextToken value is invalid.');

export const describeSecret = secretsOperation({
  name: 'DescribeSecret',
  limits: { SecretId: { min: 1, max: 2048 } },
  parse: ({ SecretId }, scope) => ({ secret: parseSecretId(SecretId, scope) }),
  access: (row) => [onSecret(row, 'DescribeSecret')],
  handle: async ({ secret }, _call, { secrets }) => {
    const record = await secrets.get(secret);
    const stages = stagesById(record);
    return {
      ...descriptionOf(record),
      ...(Object.keys(stages).length > 0 && { VersionIdsToStages: stages }),
    };
  },
});

interface Filter {
  readonly Key?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

/** The texts of a secret that a filter looks at. */
function textsOf(record: SecretRecord, key: string | undefined): readonly string[] {
  const { name, description = '', tags = {} } = record;
  switch (key) {
    case 'name':
      return [name];
    case 'description':
      return [description];
    case 'tag-key':
      return Object.keys(tags);
    case 'tag-value':
      return Object.values(tags);
    case 'primary-region':
      return [record.region];
    case 'owning-service':
      return [];
    default:
      return [name, description, ...Object.keys(tags), ...Object.values(tags)];
  }
}

/** Names and tags are matched at their start, case and all; `all` and descriptions anywhere, whatever the case. */
function matches(record: SecretRecord, { Key, Values = [] }: Filter): boolean {
  const texts = textsOf(record, Key);
  const anywhere = Key === 'all' || Key === 'description';
  return Values.some((value) => {
    const isNot = value.startsWith('!');
    const wanted = isNot ? value.slice(1) : value;
    const found = texts.some((text) =>
      anywhere ? text.toLowerCase().includes(wanted.toLowerCase()) : text.startsWith(wanted),
    );
    return found !== isNot;
  });
}

export const listSecrets = secretsOperation({
  name: 'ListSecrets',
  limits: { MaxResults: { min: 1, max: 100 } },
  access: (row) => [row({ action: 'secretsmanager:ListSecrets', on: anything })],
  handle: async (input, call, { secrets }) => {
    const { Filters = [], IncludePlannedDeletion = false, MaxResults = 100, NextToken, SortOrder = 'desc' } = input;
    const found = (await secrets.list(call))
      .filter(({ deletion }) => IncludePlannedDeletion || deletion === undefined)
      .filter((record) => Filters.every((filter) => matches(record, filter)))
      .map((record) => ({ record, key: orderKey(record, SortOrder) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    const { items, next } = pageOf(found, {
      keyOf: ({ key }) => key,
      limit: MaxResults,
      token: NextToken,
      of: ['ListSecrets', Filters, IncludePlannedDeletion, SortOrder],
      refuse: invalidToken,
    });
    return {
      SecretList: items.map(({ record }) => ({
        ...descriptionOf(record),
        SecretVersionsToStages: record.versions.length > 0 ? stagesById(record) : undefined,
      })),
      NextToken: next,
    };
  },
});

const LATEST = 10 ** 15;

/** By when they were made, the youngest first by default. */
function orderKey({ created, name }: SecretRecord, order: string): string {
  const time = order === 'asc' ? created : LATEST - created;
  return `${String(time).padStart(16, '0')} ${name}`;
}

export const listSecretVersionIds = secretsOperation({
  name: 'ListSecretVersionIds',
  limits: { SecretId: { min: 1, max: 2048 }, MaxResults: { min: 1, max: 100 } },
  parse: ({ SecretId, IncludeDeprecated, MaxResults, NextToken }, scope) => ({
    secret: parseSecretId(SecretId, scope),
    deprecated: IncludeDeprecated ?? false,
    limit: MaxResults ?? 100,
    token: NextToken,
  }),
  access: (row) => [onSecret(row, 'ListSecretVersionIds')],
  handle: async ({ secret, deprecated, limit, token }, _call, { secrets }) => {
    const record = await secrets.get(secret);
    const versions = record.versions
      .filter(({ stages }) => deprecated || stages.length > 0)
      .map((version, at) => ({ version, key: String(at).padStart(6, '0') }));
    const { items, next } = pageOf(versions, {
      keyOf: ({ key }) => key,
      limit,
      token,
      of: ['ListSecretVersionIds', record.name, deprecated],
      refuse: invalidToken,
    });
    return {
      ...identityOf(record),
      Versions: items.map(({ version }) => ({
        VersionId: version.id,
        VersionStages: version.stages.length > 0 ? [...version.stages] : undefined,
        CreatedDate: dateOf(version.created),
        LastAccessedDate: dateOf(version.accessed),
        KmsKeyIds: hasValue(version) ? [record.keyId ?? 'DefaultEncryptionKey'] : undefined,
      })),
      NextToken: next,
    };
  },
});
