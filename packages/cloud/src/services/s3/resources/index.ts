import type { AnyResourceType } from '../../../core/resource-type.js';
import { bucketResource } from './bucket.js';
import { bucketPolicyResource } from './bucket-policy.js';

export const resourceTypes: readonly AnyResourceType[] = [bucketResource, bucketPolicyResource];
