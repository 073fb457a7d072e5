import { AwsError } from '../core/aws-error.js';
import type { Call, Scope } from '../core/call.js';
import type { CloudContext } from '../core/cloud.js';

/** A key of KMS as a service uses it for a caller of its own. */
export interface KeyUse {
  /** As the setting of the service's resource has it: an id, an alias, or the ARN of either. */
  readonly keyId: string;
  readonly action: 'Decrypt' | 'Encrypt' | 'GenerateDataKey';
  /** The facts that the ciphertext is bound to, as the service's documentation lists them. */
  readonly encryptionContext: Readonly<Record<string, string>>;
}

/** How a service uses keys. */
export interface KeyUser {
  /** As condition keys name it: `sqs`, of which `kms:ViaService` is `sqs.eu-west-1.amazonaws.com`. */
  readonly service: string;
  /** The service's own error for one of KMS: `AccessDeniedException`, `NotFoundException`, `DisabledException`, `KMSInvalidStateException`, … @default - KMS's */
  readonly refuse?: (error: AwsError) => AwsError;
}

/**
 * Asks KMS whether the caller of a service may use a key: with the caller's own permissions, through the service.
 * Services that encrypt by keys of KMS ask before they write (GenerateDataKey, Encrypt) and before they give out
 * (Decrypt).
 *
 * @param owner where the service's resource is: a key without an ARN is one of there
 * @returns the ARN of the key
 * @throws the service's error where there is no such key, it cannot be used, or the caller may not
 */
export async function useKey(
  { dispatch }: Pick<CloudContext, 'dispatch'>,
  { service, refuse = (error) => error }: KeyUser,
  call: Call,
  { account, region }: Scope,
  use: KeyUse,
): Promise<string> {
  const { resourceId: _ofTheService, calledVia = [], ...rest } = call;
  const asked: Call = { ...rest, account, region, calledVia: [...calledVia, `${service}.amazonaws.com`] };
  try {
    const { KeyId }: { readonly KeyId: string } = await dispatch('kms', 'UseKey', use, asked);
    return KeyId;
  } catch (error) {
    throw error instanceof AwsError ? refuse(error) : error;
  }
}
