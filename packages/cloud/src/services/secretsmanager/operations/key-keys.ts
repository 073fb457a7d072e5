import type { ConditionKeys } from '../../../core/access.js';

interface KeyInput {
  readonly keyId: string | undefined;
}

/** The condition keys of the KMS key that a request names: its ARN where it is one, else as it was written. */
export const keyOfInput: ConditionKeys<unknown, KeyInput> = {
  'secretsmanager:KmsKeyArn': ({ input }) => (input.keyId?.startsWith('arn:') ? input.keyId : undefined),
  'secretsmanager:KmsKeyId': ({ input }) => input.keyId,
};
