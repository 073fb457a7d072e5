import { pageOf } from '../../../kit/page.js';
import { invalidToken } from '../cognito-error.js';
import { ATTRIBUTE_NAMES, PAGE, PAGE_TOKEN, POOL_ID } from '../limits.js';
import { cognitoOperation, onPool } from '../service-state.js';
import { userFilter } from '../users/user-filter.js';
import { userOutput } from '../users/user-output.js';

export const listUsers = cognitoOperation({
  name: 'ListUsers',
  limits: {
    UserPoolId: POOL_ID,
    AttributesToGet: ATTRIBUTE_NAMES,
    Limit: PAGE,
    PaginationToken: PAGE_TOKEN,
    Filter: { max: 256 },
  },
  access: (row) => [onPool(row, 'ListUsers')],
  handle: ({ UserPoolId, AttributesToGet, Limit, PaginationToken, Filter }, call, { store }) => {
    const users = store.get(call, UserPoolId).users.sorted().filter(userFilter(Filter));
    const { items, next } = pageOf(users, {
      keyOf: ({ username }) => username,
      limit: Limit || 60,
      token: PaginationToken,
      of: ['ListUsers', UserPoolId, Filter],
      refuse: invalidToken,
    });
    const isShown = AttributesToGet?.length ? (name: string) => AttributesToGet.includes(name) : undefined;
    return { Users: items.map((user) => userOutput(user, isShown)), PaginationToken: next };
  },
});
