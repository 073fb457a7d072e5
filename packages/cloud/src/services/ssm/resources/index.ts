import type { AnyResourceType } from '../../../core/resource-type.js';
import { parameterResource } from './parameter.js';

export const resourceTypes: readonly AnyResourceType[] = [parameterResource];
