import {
  ecrOperation,
  findRepository,
  type Repository,
  repositories,
  repositoriesAccess,
  shownRepository,
} from '../repository.js';

export const describeRepositories = ecrOperation({
  name: 'DescribeRepositories',
  parse: ({ repositoryNames: names = [] }) => ({ names }),
  access: (row) => [repositoriesAccess(row, 'DescribeRepositories', ({ names }) => (names.length > 0 ? names : ['*']))],
  handle: async ({ names }, call, state) => {
    const found: Repository[] = [];
    for (const name of names) found.push(await findRepository(name, call, state));
    if (names.length === 0) {
      for await (const [, repository] of repositories(state, call).range<Repository>({})) found.push(repository);
    }
    return { repositories: found.map((repository) => shownRepository(repository, call.account)) };
  },
});
