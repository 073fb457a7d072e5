import { assumeRole } from './assume-role.js';
import { getAccessKeyInfo } from './get-access-key-info.js';
import { getCallerIdentity } from './get-caller-identity.js';
import { getSessionToken } from './get-session-token.js';

/** The operations of STS. */
export const operations = [assumeRole, getAccessKeyInfo, getCallerIdentity, getSessionToken];
