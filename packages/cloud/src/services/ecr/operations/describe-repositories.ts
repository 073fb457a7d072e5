import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import {
  type EcrState,
  findRepository,
  type Repository,
  repositories,
  repositoriesAccess,
  shownRepository,
} from '../repository.js';

export const describeRepositories = operation<EcrState>()({
  name: 'DescribeRepositories',
  parse: (raw) => ({ names: membersOf(raw).texts('repositoryNames') }),
  access: (row) => [repositoriesAccess(row, 'DescribeRepositories', ({ names }) => (names.length > 0 ? names : ['*']))],
  handle: async ({ names }, call, state) => {
    if (names.length > 0) {
      const found = await Promise.all(names.map((name) => findRepository(name, call, state)));
      return { repositories: found.map((repository) => shownRepository(repository, call.account)) };
    }
    const all: object[] = [];
    for await (const [, repository] of repositories(state, call).range<Repository>({})) {
      all.push(shownRepository(repository, call.account));
    }
    return { repositories: all };
  },
});
