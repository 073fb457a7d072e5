import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { type EcrState, findRepository, repositories, repositoryAccess, shownRepository } from '../repository.js';

export const deleteRepository = operation<EcrState>()({
  name: 'DeleteRepository',
  parse: (raw) => ({ name: membersOf(raw).neededText('repositoryName') }),
  access: (row) => [repositoryAccess(row, 'DeleteRepository')],
  handle: async ({ name }, call, state) => {
    const repository = await findRepository(name, call, state);
    await repositories(state, call).batch([{ key: name, value: undefined }]);
    return { repository: shownRepository(repository, call.account) };
  },
});
