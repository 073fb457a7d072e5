import { requestTags } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { fromTagList } from '../../../kit/tags.js';
import {
  ecrOperation,
  type Repository,
  repositories,
  repositoryAccess,
  repositoryArn,
  shownRepository,
} from '../repository.js';

const NAME = /^(?=.{2,256}$)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-]+[a-z0-9]+)*$/;

export const createRepository = ecrOperation({
  name: 'CreateRepository',
  parse: ({ repositoryName: name, ...input }) => {
    if (!NAME.test(name)) {
      throw new AwsError(
        'InvalidParameterException',
        `Invalid parameter at 'repositoryName' failed to satisfy constraint: '${name}' is not a repository name`,
      );
    }
    return {
      name,
      tagMutability: input.imageTagMutability ?? 'MUTABLE',
      scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
      encryption: { encryptionType: 'AES256', ...input.encryptionConfiguration },
      tags: fromTagList(input.tags),
    } as const;
  },
  access: (row) => [
    repositoryAccess(
      row,
      'CreateRepository',
      requestTags(({ tags }) => tags),
    ),
  ],
  handle: async (input, call, state) => {
    const area = repositories(state, call);
    if (await area.get(input.name)) {
      throw new AwsError(
        'RepositoryAlreadyExistsException',
        `The repository with name '${input.name}' already exists in the registry with id '${call.account}'`,
      );
    }
    const repository: Repository = {
      ...input,
      arn: repositoryArn(input.name, call),
      uri: `${call.account}.dkr.ecr.${call.region}.amazonaws.com/${input.name}`,
      created: state.now(),
    };
    await area.batch([{ key: input.name, value: repository }]);
    return { repository: shownRepository(repository, call.account) };
  },
});
