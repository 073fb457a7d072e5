import type { AnyResourceType } from '../../../core/resource-type.js';
import { logGroup } from './log-group.js';
import { logStream } from './log-stream.js';
import { resourcePolicy } from './resource-policy.js';

export const resourceTypes: readonly AnyResourceType[] = [logGroup, logStream, resourcePolicy];
