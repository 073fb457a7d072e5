import { ecrOperation, findRepository, named, repositories, repositoryAccess, shownRepository } from '../repository.js';

export const deleteRepository = ecrOperation({
  name: 'DeleteRepository',
  parse: named,
  access: (row) => [repositoryAccess(row, 'DeleteRepository')],
  handle: async ({ name }, call, state) => {
    const repository = await findRepository(name, call, state);
    await repositories(state, call).batch([{ key: name, value: undefined }]);
    return { repository: shownRepository(repository, call.account) };
  },
});
