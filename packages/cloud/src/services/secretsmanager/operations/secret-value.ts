import { anything } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import type { Output } from '../../../model/client-types.js';
import { invalidParameter } from '../secret-error.js';
import { parseSecretId, secretArn } from '../secret-id.js';
import { useSecretKey } from '../secret-key.js';
import { dateOf, identityOf } from '../secret-output.js';
import { readValue, refuseForeignCaller, TOKEN_LIMITS, valueMembers, versionId } from '../secret-value.js';
import { onSecret, secretsOperation } from '../service-state.js';
import { CURRENT, checkStages, findVersion, withVersion } from '../versions.js';

export const getSecretValue = secretsOperation({
  name: 'GetSecretValue',
  limits: { SecretId: { min: 1, max: 2048 }, VersionId: TOKEN_LIMITS, VersionStage: { min: 1, max: 256 } },
  parse: ({ SecretId, VersionId, VersionStage }, scope) => ({
    secret: parseSecretId(SecretId, scope),
    versionId: VersionId,
    stage: VersionStage,
  }),
  access: (row) => [
    onSecret(row, 'GetSecretValue', {
      'secretsmanager:VersionId': ({ input }) => input.versionId,
      'secretsmanager:VersionStage': ({ input }) =>
        input.stage ?? (input.versionId === undefined ? CURRENT : undefined),
    }),
  ],
  handle: async ({ secret, versionId: id, stage }, call, { secrets, context }) => {
    const record = await secrets.getLive(secret);
    refuseForeignCaller(record, call);
    const version = findVersion(record.versions, id, stage);
    await useSecretKey(context, call, record, version.id, 'Decrypt');
    const now = context.now();
    if (dayOf(version.accessed ?? 0) !== dayOf(now)) {
      await secrets.change(secret, (before) => ({
        ...before,
        accessed: now,
        versions: before.versions.map((each) => (each.id === version.id ? { ...each, accessed: now } : each)),
      }));
    }
    return {
      ...identityOf(record),
      ...valueMembers(version),
      VersionId: version.id,
      VersionStages: [...version.stages],
      CreatedDate: dateOf(version.created),
    };
  },
});

/** AWS tells on which day a secret was read last. */
const dayOf = (time: number): number => Math.floor(time / 86_400_000);

const MOST_OF_BATCH = 20;

export const batchGetSecretValue = secretsOperation({
  name: 'BatchGetSecretValue',
  limits: { SecretIdList: { min: 1, max: MOST_OF_BATCH }, MaxResults: { min: 1, max: MOST_OF_BATCH } },
  parse: ({ SecretIdList, Filters }) => {
    if (Filters !== undefined)
      throw invalidParameter('The local cloud does not support Filters of BatchGetSecretValue');
    if (SecretIdList === undefined) {
      throw invalidParameter('You must provide either SecretIdList or Filters.');
    }
    return { ids: SecretIdList };
  },
  // Each secret is checked by GetSecretValue.
  access: (row) => [row({ action: 'secretsmanager:BatchGetSecretValue', on: anything })],
  handle: async ({ ids }, call, { context }) => {
    const SecretValues: Output<'secretsmanager', 'GetSecretValue'>[] = [];
    const Errors: { SecretId: string; ErrorCode: string; Message: string }[] = [];
    for (const SecretId of ids) {
      try {
        SecretValues.push(await context.dispatch('secretsmanager', 'GetSecretValue', { SecretId }, call));
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        Errors.push({ SecretId, ErrorCode: error.code, Message: error.message });
      }
    }
    return { SecretValues, Errors };
  },
});

export const putSecretValue = secretsOperation({
  name: 'PutSecretValue',
  limits: {
    SecretId: { min: 1, max: 2048 },
    ClientRequestToken: TOKEN_LIMITS,
    VersionStages: { min: 1, max: 20, each: { min: 1, max: 256 } },
  },
  parse: (input, scope) => {
    const value = readValue(input);
    if (value === undefined) throw invalidParameter('You must provide either SecretString or SecretBinary.');
    const { VersionStages: stages = [CURRENT], ClientRequestToken: token } = input;
    checkStages(stages);
    return { secret: parseSecretId(input.SecretId, scope), value, stages, token };
  },
  access: (row) => [onSecret(row, 'PutSecretValue')],
  handle: async ({ secret, value, stages, token }, call, { secrets, context }) => {
    const id = versionId(token, call);
    const now = context.now();
    const record = await secrets.change(secret, async (before) => {
      refuseForeignCaller(before, call);
      await useSecretKey(context, call, before, id, 'GenerateDataKey');
      const versions = withVersion(before.versions, { id, created: now, ...value }, stages, secretArn(before));
      return { ...before, versions, changed: now };
    });
    const version = record.versions.find((each) => each.id === id);
    return { ...identityOf(record), VersionId: id, VersionStages: [...(version?.stages ?? [])] };
  },
});
