import type { EncryptionConfiguration, ImageTagMutability, Repository as ShownRepository } from '@aws-sdk/client-ecr';
import type { AccessRow, Asked, ConditionKeys, RowMaker, Target } from '../../core/access.js';
import { AwsError } from '../../core/aws-error.js';
import type { CloudContext } from '../../core/cloud.js';
import type { Call, Scope } from '../../core/operation.js';
import type { Area } from '../../core/store.js';
import { operationsOf } from '../../model/operation.js';
import { validationError } from '../../model/validate.js';

/** A container image repository. This cloud keeps no images: pushing is refused as an unknown operation. */
export interface Repository {
  readonly name: string;
  readonly arn: string;
  readonly uri: string;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly tagMutability: ImageTagMutability;
  readonly scanOnPush: boolean;
  readonly encryption: EncryptionConfiguration;
  /** JSON text. */
  readonly policy?: string | undefined;
  /** JSON text. */
  readonly lifecyclePolicy?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

export type EcrState = Pick<CloudContext, 'store' | 'now'>;

/** An operation of ECR. */
export const ecrOperation = operationsOf<EcrState, 'ecr'>('ecr', validationError('InvalidParameterException'));

/** For `parse` of operations whose input names a repository. */
export const named = ({ repositoryName }: { readonly repositoryName: string }) => ({ name: repositoryName });

export function repositories(state: EcrState, scope: Scope): Area {
  return state.store.area(scope.account, scope.region, 'ecr').area('repository');
}

export function repositoryArn(name: string, { account, region }: Scope): string {
  return `arn:aws:ecr:${region}:${account}:repository/${name}`;
}

/** @throws AwsError RepositoryNotFoundException */
export async function findRepository(name: string, call: Call, state: EcrState): Promise<Repository> {
  const found = await repositories(state, call).get<Repository>(name);
  if (found) return found;
  throw new AwsError(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${call.account}'`,
  );
}

/** Changes a repository and keeps it. */
export async function changeRepository(
  name: string,
  change: Partial<Repository>,
  call: Call,
  state: EcrState,
): Promise<Repository> {
  const repository = { ...(await findRepository(name, call, state)), ...change };
  await repositories(state, call).batch([{ key: name, value: repository }]);
  return repository;
}

type RepositoryRow<Input> = RowMaker<EcrState, Input>;
type RepositoryKeys<Input> = ConditionKeys<EcrState, Input, RepositoryTarget>;

interface RepositoryTarget extends Target {
  readonly name: string;
}

const tagsOf = async ({ target: { name }, call, state }: Asked<EcrState, unknown, RepositoryTarget>) =>
  (await repositories(state, call).get<Repository>(name))?.tags;

/** One action on the repositories of these names. */
export function repositoriesAccess<Input>(
  row: RepositoryRow<Input>,
  action: string,
  namesOf: (input: Input) => readonly string[],
  keys: RepositoryKeys<NoInfer<Input>> = {},
): AccessRow<EcrState, Input> {
  return row<RepositoryTarget>({
    action: `ecr:${action}`,
    type: 'repository',
    on: (input, call) => namesOf(input).map((name) => ({ resource: repositoryArn(name, call), name })),
    keys: { 'aws:ResourceTag/*': tagsOf, 'ecr:ResourceTag/*': tagsOf, ...keys },
  });
}

/** The access of an operation on one repository. */
export const repositoryAccess = <Input extends { readonly name: string }>(
  row: RepositoryRow<Input>,
  action: string,
  keys?: RepositoryKeys<NoInfer<Input>>,
) => repositoriesAccess(row, action, ({ name }) => [name], keys);

/** As DescribeRepositories answers it. */
export function shownRepository(repository: Repository, account: string): ShownRepository {
  return {
    repositoryArn: repository.arn,
    registryId: account,
    repositoryName: repository.name,
    repositoryUri: repository.uri,
    createdAt: new Date(repository.created),
    imageTagMutability: repository.tagMutability,
    imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
    encryptionConfiguration: repository.encryption,
  };
}
