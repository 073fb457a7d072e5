import type { AnyResourceType } from '../../../core/resource-type.js';
import { logGroup } from './log-group.js';
import { resourcePolicy } from './resource-policy.js';

export const resourceTypes: readonly AnyResourceType[] = [logGroup, resourcePolicy];
