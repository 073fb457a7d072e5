import { AwsError } from '../../../core/aws-error.js';
import { tagOperations } from '../../../kit/tag-operations.js';
import { changeRepository, ecrOperation, findRepository, repositoriesAccess } from '../repository.js';

const REPOSITORY = ':repository/';

export const repositoryTags = tagOperations(ecrOperation, {
  ...{ tag: 'TagResource', untag: 'UntagResource', list: 'ListTagsForResource' },
  members: { resource: 'resourceArn', tags: 'tags', keys: 'tagKeys' },
  form: 'list',
  rules: {
    reserved: (key) => new AwsError('InvalidTagParameterException', `The tag key ${key} begins with aws:`),
    tooMany: (most) => new AwsError('TooManyTagsException', `A repository can have at most ${most} tags`),
  },
  parse: (arn) => arn.slice(arn.indexOf(REPOSITORY) + REPOSITORY.length),
  access: (row, action, keys) => repositoriesAccess(row, action, ({ target }) => [target], keys),
  tagsOf: async (name, call, state) => (await findRepository(name, call, state)).tags,
  change: async (name, change, call, state) => {
    const { tags } = await findRepository(name, call, state);
    await changeRepository(name, { tags: change(tags) }, call, state);
  },
});
