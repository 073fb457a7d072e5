import type { AccessRow, ConditionKeys, RowMaker, Target } from '../../core/access.js';
import type { CloudContext } from '../../core/cloud.js';
import { operationsOf } from '../../model/operation.js';
import type { Rotator } from './rotation/rotator.js';
import { missingArn, type SecretId, secretArn } from './secret-id.js';
import type { SecretStore } from './secret-store.js';

/** The state that the operations of Secrets Manager share. */
export interface SecretsState {
  readonly context: CloudContext;
  readonly secrets: SecretStore;
  readonly rotator: Rotator;
}

/** An operation of Secrets Manager. */
export const secretsOperation = operationsOf<SecretsState, 'secretsmanager'>('secretsmanager');

type SecretRow<Input> = RowMaker<SecretsState, Input>;

interface SecretTarget extends Target {
  readonly secret: SecretId;
}

type SecretKeys<Input> = ConditionKeys<SecretsState, Input, SecretTarget>;

const keysOfSecret: SecretKeys<unknown> = {
  'aws:ResourceTag/*': async ({ target, state }) => (await state.secrets.find(target.secret))?.tags,
  'secretsmanager:ResourceTag/*': async ({ target, state }) => (await state.secrets.find(target.secret))?.tags,
  'secretsmanager:resource/AllowRotationLambdaArn': async ({ target, state }) =>
    (await state.secrets.find(target.secret))?.rotation?.functionArn,
  'secretsmanager:resource/Type': async ({ target, state }) => (await state.secrets.find(target.secret))?.type,
};

/** Of a secret that is there already. */
const keysOfExisting: SecretKeys<unknown> = {
  'secretsmanager:SecretId': ({ target }) => target.resource,
  // Secrets are not replicated here, so that each is in its primary region.
  'secretsmanager:SecretPrimaryRegion': ({ target }) => target.secret.region,
};

/** One action on the secret that the input names, by the caller's policies or the secret's own. */
export function onSecret<Input extends { readonly secret: SecretId }>(
  row: SecretRow<Input>,
  action: string,
  keys: SecretKeys<NoInfer<Input>> = {},
): AccessRow<SecretsState, Input> {
  return row<SecretTarget>({
    action: `secretsmanager:${action}`,
    type: 'secret',
    on: async ({ secret }, _call, { secrets }) => {
      const record = await secrets.find(secret);
      return {
        resource: record ? secretArn(record) : missingArn(secret),
        resourcePolicy: async () => (await secrets.find(secret))?.policy,
        secret,
      };
    },
    keys: { ...keysOfSecret, ...(action !== 'CreateSecret' && keysOfExisting), ...keys },
  });
}
