import { AwsError } from '../../../core/aws-error.js';
import { changeRepository, ecrOperation, findRepository, named, repositoryAccess } from '../repository.js';
import { refuseUnlessJson } from './repository-policy.js';

const shown = (name: string, account: string, lifecyclePolicyText: string | undefined) => ({
  registryId: account,
  repositoryName: name,
  lifecyclePolicyText,
});

export const putLifecyclePolicy = ecrOperation({
  name: 'PutLifecyclePolicy',
  parse: (input) => ({ ...named(input), lifecyclePolicy: input.lifecyclePolicyText }),
  access: (row) => [repositoryAccess(row, 'PutLifecyclePolicy')],
  handle: async ({ name, lifecyclePolicy }, call, state) => {
    refuseUnlessJson(lifecyclePolicy, 'LifecyclePolicyText');
    await changeRepository(name, { lifecyclePolicy }, call, state);
    return shown(name, call.account, lifecyclePolicy);
  },
});

export const getLifecyclePolicy = ecrOperation({
  name: 'GetLifecyclePolicy',
  parse: named,
  access: (row) => [repositoryAccess(row, 'GetLifecyclePolicy')],
  handle: async ({ name }, call, state) => {
    const { lifecyclePolicy } = await findRepository(name, call, state);
    if (lifecyclePolicy === undefined) throw noPolicy(name, call.account);
    return shown(name, call.account, lifecyclePolicy);
  },
});

export const deleteLifecyclePolicy = ecrOperation({
  name: 'DeleteLifecyclePolicy',
  parse: named,
  access: (row) => [repositoryAccess(row, 'DeleteLifecyclePolicy')],
  handle: async ({ name }, call, state) => {
    const { lifecyclePolicy } = await findRepository(name, call, state);
    if (lifecyclePolicy === undefined) throw noPolicy(name, call.account);
    await changeRepository(name, { lifecyclePolicy: undefined }, call, state);
    return shown(name, call.account, lifecyclePolicy);
  },
});

function noPolicy(name: string, account: string): AwsError {
  return new AwsError(
    'LifecyclePolicyNotFoundException',
    `Lifecycle policy does not exist for the repository with name '${name}' in the registry with id '${account}'`,
  );
}
