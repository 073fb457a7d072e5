import type { AnyResourceType } from '../../../core/resource-type.js';
import { repositoryResource } from './repository.js';

export const resourceTypes: readonly AnyResourceType[] = [repositoryResource];
