import { bindOperations } from '../../core/operation.js';
import type { ServiceMaker } from '../../core/service.js';
import { jsonProtocol } from '../../gateway/json-protocol.js';
import { createRepository } from './operations/create-repository.js';
import { deleteRepository } from './operations/delete-repository.js';
import { describeRepositories } from './operations/describe-repositories.js';
import { deleteLifecyclePolicy, getLifecyclePolicy, putLifecyclePolicy } from './operations/lifecycle-policy.js';
import { deleteRepositoryPolicy, getRepositoryPolicy, setRepositoryPolicy } from './operations/repository-policy.js';
import {
  listTagsForResource,
  putImageScanningConfiguration,
  putImageTagMutability,
  tagResource,
  untagResource,
} from './operations/repository-settings.js';
import { repositoryResource } from './resources/repository.js';

/** Elastic Container Registry, as far as bootstrapping needs it: repositories and their policies, no images. */
export const ecr: ServiceMaker = ({ store, now }) => ({
  name: 'ecr',
  signingNames: ['ecr'],
  protocol: jsonProtocol({ targetPrefix: 'AmazonEC2ContainerRegistry_V20150921', version: '1.1' }),
  operations: bindOperations({ store, now }, [
    createRepository,
    deleteLifecyclePolicy,
    deleteRepository,
    deleteRepositoryPolicy,
    describeRepositories,
    getLifecyclePolicy,
    getRepositoryPolicy,
    listTagsForResource,
    putImageScanningConfiguration,
    putImageTagMutability,
    putLifecyclePolicy,
    setRepositoryPolicy,
    tagResource,
    untagResource,
  ]),
  resourceTypes: [repositoryResource],
});
