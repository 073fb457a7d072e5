import type { AnyResourceType } from '../../../core/resource-type.js';
import { alias } from './alias.js';
import { lambdaFunction } from './function.js';
import { permission } from './permission.js';
import { version } from './version.js';

export const resourceTypes: readonly AnyResourceType[] = [alias, lambdaFunction, permission, version];
