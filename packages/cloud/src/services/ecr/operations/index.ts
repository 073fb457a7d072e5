import type { Operation } from '../../../core/operation.js';
import type { EcrState } from '../repository.js';
import { createRepository } from './create-repository.js';
import { deleteRepository } from './delete-repository.js';
import { describeRepositories } from './describe-repositories.js';
import { deleteLifecyclePolicy, getLifecyclePolicy, putLifecyclePolicy } from './lifecycle-policy.js';
import { deleteRepositoryPolicy, getRepositoryPolicy, setRepositoryPolicy } from './repository-policy.js';
import { putImageScanningConfiguration, putImageTagMutability } from './repository-settings.js';
import { repositoryTags } from './tagging.js';

// biome-ignore lint/suspicious/noExplicitAny: each operation's input type is its own
export const operations: readonly Operation<EcrState, any, any>[] = [
  createRepository,
  deleteLifecyclePolicy,
  deleteRepository,
  deleteRepositoryPolicy,
  describeRepositories,
  getLifecyclePolicy,
  getRepositoryPolicy,
  putImageScanningConfiguration,
  putImageTagMutability,
  putLifecyclePolicy,
  setRepositoryPolicy,
  ...repositoryTags,
];
