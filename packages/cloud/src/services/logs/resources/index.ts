import type { AnyResourceType } from '../../../core/resource-type.js';
import { logGroup } from './log-group.js';

export const resourceTypes: readonly AnyResourceType[] = [logGroup];
