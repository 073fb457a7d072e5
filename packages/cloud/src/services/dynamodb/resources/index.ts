import type { AnyResourceType } from '../../../core/resource-type.js';
import { globalTable } from './global-table.js';
import { table } from './table.js';

export const resourceTypes: readonly AnyResourceType[] = [globalTable, table];
