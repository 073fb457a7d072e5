import { requestTags, tagKeys } from '../../../core/access.js';
import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { changeRepository, type EcrState, findRepository, repositoryAccess } from '../repository.js';

const ecrOperation = operation<EcrState>();

export const putImageTagMutability = ecrOperation({
  name: 'PutImageTagMutability',
  parse: (raw) => {
    const members = membersOf(raw);
    return { name: members.neededText('repositoryName'), tagMutability: members.neededText('imageTagMutability') };
  },
  access: (row) => [repositoryAccess(row, 'PutImageTagMutability')],
  handle: async ({ name, tagMutability }, call, state) => {
    await changeRepository(name, { tagMutability }, call, state);
    return { registryId: call.account, repositoryName: name, imageTagMutability: tagMutability };
  },
});

export const putImageScanningConfiguration = ecrOperation({
  name: 'PutImageScanningConfiguration',
  parse: (raw) => {
    const members = membersOf(raw);
    const scanOnPush = members.structure('imageScanningConfiguration')?.flag('scanOnPush') ?? false;
    return { name: members.neededText('repositoryName'), scanOnPush };
  },
  access: (row) => [repositoryAccess(row, 'PutImageScanningConfiguration')],
  handle: async ({ name, scanOnPush }, call, state) => {
    await changeRepository(name, { scanOnPush }, call, state);
    return { registryId: call.account, repositoryName: name, imageScanningConfiguration: { scanOnPush } };
  },
});

export const tagResource = ecrOperation({
  name: 'TagResource',
  parse: (raw) => {
    const members = membersOf(raw);
    const tags = members.structures('tags').map((tag) => [tag.neededText('Key'), tag.text('Value') ?? ''] as const);
    return { name: nameIn(members.neededText('resourceArn')), tags: Object.fromEntries(tags) };
  },
  access: (row) => [
    repositoryAccess(
      row,
      'TagResource',
      requestTags(({ tags }) => tags),
    ),
  ],
  handle: async ({ name, tags }, call, state) => {
    const repository = await findRepository(name, call, state);
    await changeRepository(name, { tags: { ...repository.tags, ...tags } }, call, state);
    return {};
  },
});

export const untagResource = ecrOperation({
  name: 'UntagResource',
  parse: (raw) => {
    const members = membersOf(raw);
    return { name: nameIn(members.neededText('resourceArn')), keys: members.texts('tagKeys') };
  },
  access: (row) => [
    repositoryAccess(
      row,
      'UntagResource',
      tagKeys(({ keys }) => keys),
    ),
  ],
  handle: async ({ name, keys }, call, state) => {
    const { tags } = await findRepository(name, call, state);
    const left = Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
    await changeRepository(name, { tags: left }, call, state);
    return {};
  },
});

export const listTagsForResource = ecrOperation({
  name: 'ListTagsForResource',
  parse: (raw) => ({ name: nameIn(membersOf(raw).neededText('resourceArn')) }),
  access: (row) => [repositoryAccess(row, 'ListTagsForResource')],
  handle: async ({ name }, call, state) => {
    const { tags } = await findRepository(name, call, state);
    return { tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
  },
});

function nameIn(arn: string): string {
  return arn.slice(arn.indexOf(':repository/') + ':repository/'.length);
}
