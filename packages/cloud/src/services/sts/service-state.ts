import type { CloudContext } from '../../core/cloud.js';
import type { CredentialStore, SessionCredentials } from '../../core/credentials.js';
import type { Identities } from '../../iam/index.js';
import { operationsOf } from '../../model/operation.js';
import { validationError } from '../../model/validate.js';

/** The state that the operations of STS share. */
export interface StsState {
  readonly credentials: CredentialStore;
  readonly identities: Identities;
  readonly reviewPolicy: CloudContext['reviewPolicy'];
}

/** An operation of STS. */
export const stsOperation = operationsOf<StsState, 'sts'>('sts', validationError('ValidationError'));

/** Credentials as the operations that issue them show them. */
export function credentialsOutput({ accessKeyId, secretAccessKey, sessionToken, expiration }: SessionCredentials) {
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: new Date(expiration),
  };
}
