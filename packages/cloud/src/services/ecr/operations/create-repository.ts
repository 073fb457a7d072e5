import { requestTags } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import {
  type EcrState,
  type Repository,
  repositories,
  repositoryAccess,
  repositoryArn,
  shownRepository,
} from '../repository.js';

const NAME = /^(?=.{2,256}$)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-]+[a-z0-9]+)*$/;

export const createRepository = operation<EcrState>()({
  name: 'CreateRepository',
  parse: (raw) => {
    const members = membersOf(raw);
    const name = members.neededText('repositoryName');
    if (!NAME.test(name)) {
      throw new AwsError(
        'InvalidParameterException',
        `Invalid parameter at 'repositoryName' failed to satisfy constraint: '${name}' is not a repository name`,
      );
    }
    const kmsKey = members.structure('encryptionConfiguration')?.text('kmsKey');
    return {
      name,
      tagMutability: members.text('imageTagMutability') ?? 'MUTABLE',
      scanOnPush: members.structure('imageScanningConfiguration')?.flag('scanOnPush') ?? false,
      encryption: {
        encryptionType: members.structure('encryptionConfiguration')?.text('encryptionType') ?? 'AES256',
        ...(kmsKey !== undefined && { kmsKey }),
      },
      tags: Object.fromEntries(
        members.structures('tags').map((tag) => [tag.neededText('Key'), tag.text('Value') ?? '']),
      ),
    };
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
