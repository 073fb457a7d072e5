import type { AnyResourceType } from '../../../core/resource-type.js';
import { aliasResource } from './alias.js';
import { keyResource } from './key.js';

export const resourceTypes: readonly AnyResourceType[] = [aliasResource, keyResource];
