import type { CloudContext } from '../../core/cloud.js';
import type { CredentialStore } from '../../core/credentials.js';
import type { Identities } from '../../iam/index.js';

export interface StsState {
  readonly credentials: CredentialStore;
  readonly identities: Identities;
  readonly reviewPolicy: CloudContext['reviewPolicy'];
}
