import type { AnyResourceType } from '../../../core/resource-type.js';

export const resourceTypes: readonly AnyResourceType[] = [];
