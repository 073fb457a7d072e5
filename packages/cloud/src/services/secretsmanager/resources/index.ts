import type { AnyResourceType } from '../../../core/resource-type.js';
import { secretResourcePolicy } from './resource-policy.js';
import { rotationSchedule } from './rotation-schedule.js';
import { secretResource } from './secret.js';
import { secretTargetAttachment } from './secret-target-attachment.js';

export const resourceTypes: readonly AnyResourceType[] = [
  secretResource,
  secretTargetAttachment,
  rotationSchedule,
  secretResourcePolicy,
];
