import type { AnyResourceType } from '../../../core/resource-type.js';
import { userPool } from './user-pool.js';
import { userPoolClient } from './user-pool-client.js';
import { userPoolDomain } from './user-pool-domain.js';
import { userPoolGroup } from './user-pool-group.js';
import { userPoolResourceServer } from './user-pool-resource-server.js';
import { userPoolUser, userPoolUserToGroupAttachment } from './user-pool-user.js';

export const resourceTypes: readonly AnyResourceType[] = [
  userPool,
  userPoolClient,
  userPoolDomain,
  userPoolGroup,
  userPoolResourceServer,
  userPoolUser,
  userPoolUserToGroupAttachment,
];
