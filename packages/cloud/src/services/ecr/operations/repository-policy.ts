import { AwsError } from '../../../core/aws-error.js';
import { parseJson } from '../../../core/json.js';
import { changeRepository, ecrOperation, findRepository, named, repositoryAccess } from '../repository.js';

const shown = (name: string, account: string, policyText: string | undefined) => ({
  registryId: account,
  repositoryName: name,
  policyText,
});

export const setRepositoryPolicy = ecrOperation({
  name: 'SetRepositoryPolicy',
  parse: (input) => ({ ...named(input), policy: input.policyText }),
  access: (row) => [repositoryAccess(row, 'SetRepositoryPolicy')],
  handle: async ({ name, policy }, call, state) => {
    refuseUnlessJson(policy, 'policyText');
    await changeRepository(name, { policy }, call, state);
    return shown(name, call.account, policy);
  },
});

export const getRepositoryPolicy = ecrOperation({
  name: 'GetRepositoryPolicy',
  parse: named,
  access: (row) => [repositoryAccess(row, 'GetRepositoryPolicy')],
  handle: async ({ name }, call, state) => {
    const { policy } = await findRepository(name, call, state);
    if (policy === undefined) throw noPolicy(name, call.account);
    return shown(name, call.account, policy);
  },
});

export const deleteRepositoryPolicy = ecrOperation({
  name: 'DeleteRepositoryPolicy',
  parse: named,
  access: (row) => [repositoryAccess(row, 'DeleteRepositoryPolicy')],
  handle: async ({ name }, call, state) => {
    const { policy } = await findRepository(name, call, state);
    if (policy === undefined) throw noPolicy(name, call.account);
    await changeRepository(name, { policy: undefined }, call, state);
    return shown(name, call.account, policy);
  },
});

function noPolicy(name: string, account: string): AwsError {
  return new AwsError(
    'RepositoryPolicyNotFoundException',
    `Repository policy does not exist for the repository with name '${name}' in the registry with id '${account}'`,
  );
}

/** @throws AwsError InvalidParameterException */
export function refuseUnlessJson(text: string, member: string): void {
  try {
    parseJson(text);
  } catch {
    throw new AwsError(
      'InvalidParameterException',
      `Invalid parameter at '${member}' failed to satisfy constraint: 'Invalid repository policy provided'`,
    );
  }
}
