import { withoutMarks } from '../../../core/stack-tags.js';
import type { Tag } from '../../../iam/identity-record.js';
import { tagOperations } from '../../../kit/tag-operations.js';
import { fromTagList, toTagList } from '../../../kit/tags.js';
import { onEntity, onPolicy, tagRecord } from '../access.js';
import { type EntityKind, type EntityRecord, INSTANCE_PROFILE, ROLE, USER } from '../entity-kind.js';
import { PAGE, TAGS } from '../limits.js';
import { iamPage } from '../page.js';
import { neededPolicy, withPolicyArn } from '../policy-arn.js';
import { iamOperation } from '../service-state.js';
import { IAM_TAGS } from '../tagging.js';

const shared = {
  form: 'list',
  rules: IAM_TAGS,
  limits: { Tags: TAGS, ...PAGE },
} as const;

/** Tags come in pages, like everything that IAM lists. */
const answer = async (tags: Readonly<Record<string, string>>, input: object) => {
  const { items, ...more } = await iamPage(toTagList(tags), input, ({ Key }) => Key, ['Tags']);
  return { Tags: items, ...more };
};

interface Tagged extends EntityRecord {
  readonly tags: readonly Tag[];
}

function entityTagging<Record extends Tagged>(kind: EntityKind<Record, 'Role' | 'User' | 'InstanceProfile'>) {
  const { noun, member, table } = kind;
  return tagOperations(iamOperation, {
    ...shared,
    tag: `Tag${noun}`,
    untag: `Untag${noun}`,
    list: `List${noun}Tags`,
    members: { resource: member, tags: 'Tags', keys: 'TagKeys' },
    parse: (name: string) => name,
    access: (row, action, keys) => onEntity(row, kind, action, ({ target }) => target, keys),
    tagsOf: async (name, call, { identities }) => {
      const tags = tagRecord((await table(identities).get(call.account, name)).tags);
      // CloudFormation does not tag roles.
      return noun === 'Role' ? withoutMarks(tags, call) : tags;
    },
    answer,
    change: (name, change, { account }, { identities }) =>
      table(identities).change(account, name, (record) => ({
        ...record,
        tags: toTagList(change(fromTagList(record.tags))),
      })),
  });
}

const policyTagging = tagOperations(iamOperation, {
  ...shared,
  tag: 'TagPolicy',
  untag: 'UntagPolicy',
  list: 'ListPolicyTags',
  members: { resource: 'PolicyArn', tags: 'Tags', keys: 'TagKeys' },
  parse: (arn: string) => withPolicyArn({ PolicyArn: arn }).PolicyArn,
  access: (row, action, keys) => onPolicy(row, action, ({ target }) => target, keys),
  tagsOf: async (arn, _call, { identities }) => tagRecord((await neededPolicy(identities, arn)).tags),
  answer,
  change: (arn, change, _call, { identities }) =>
    identities.changePolicy(arn, (policy) => ({ ...policy, tags: toTagList(change(fromTagList(policy.tags))) })),
});

export const taggingOperations = [
  ...entityTagging(ROLE),
  ...entityTagging(USER),
  ...entityTagging(INSTANCE_PROFILE),
  ...policyTagging,
];
