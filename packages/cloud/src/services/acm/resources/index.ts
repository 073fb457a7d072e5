import type { AnyResourceType } from '../../../core/resource-type.js';
import { certificateResource } from './certificate.js';

export const resourceTypes: readonly AnyResourceType[] = [certificateResource];
