import { failedWith } from '../../../core/aws-failure.js';
import { invalidParameter, markedForDeletion } from '../secret-error.js';
import { missingArn, parseSecretId } from '../secret-id.js';
import { identityOf } from '../secret-output.js';
import { onSecret, secretsOperation } from '../service-state.js';

const DAY = 86_400_000;
const DEFAULT_DAYS = 30;

export const deleteSecret = secretsOperation({
  name: 'DeleteSecret',
  limits: { SecretId: { min: 1, max: 2048 } },
  parse: ({ SecretId, RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: force = false }, scope) => {
    if (force && days !== undefined) {
      throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    if (days !== undefined && (days < 7 || days > 30)) {
      throw invalidParameter('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).');
    }
    return { secret: parseSecretId(SecretId, scope), days, force };
  },
  access: (row) => [
    onSecret(row, 'DeleteSecret', {
      'secretsmanager:ForceDeleteWithoutRecovery': ({ input }) => String(input.force),
      'secretsmanager:RecoveryWindowInDays': ({ input }) => input.days?.toString(),
    }),
  ],
  handle: async ({ secret, days = DEFAULT_DAYS, force }, _call, { secrets, rotator, context }) => {
    const now = context.now();
    try {
      const { name } = await secrets.get(secret);
      return await secrets.alone(secret, name, async () => {
        const record = await secrets.get(secret);
        if (record.deletion !== undefined && !force) throw markedForDeletion();
        const deletion = force ? now : now + days * DAY;
        const deleted = { ...record, deletionAsked: now, deletion };
        if (force) await secrets.remove(record);
        else await secrets.put(deleted);
        await rotator.plan(deleted);
        return { ...identityOf(record), DeletionDate: new Date(deletion) };
      });
    } catch (error) {
      // "If you forcibly delete an already deleted or nonexistent secret, the operation does not return
      // ResourceNotFoundException" (API reference).
      if (!force || !failedWith(error, 'ResourceNotFoundException')) throw error;
      return { ARN: missingArn(secret), Name: secret.text, DeletionDate: new Date(now) };
    }
  },
});

export const restoreSecret = secretsOperation({
  name: 'RestoreSecret',
  limits: { SecretId: { min: 1, max: 2048 } },
  parse: ({ SecretId }, scope) => ({ secret: parseSecretId(SecretId, scope) }),
  access: (row) => [onSecret(row, 'RestoreSecret')],
  handle: async ({ secret }, _call, { secrets, rotator }) => {
    const { name } = await secrets.get(secret);
    return secrets.alone(secret, name, async () => {
      const { deletion: _, deletionAsked: __, ...restored } = await secrets.get(secret);
      await secrets.put(restored);
      await rotator.plan(restored);
      return identityOf(restored);
    });
  },
});
