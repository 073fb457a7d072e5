import type { CloudContext } from '../../../core/cloud.js';
import { internalCall } from '../../../core/internal-call.js';
import { secretArn } from '../secret-id.js';
import type { SecretRecord } from '../secret-record.js';

/** The steps that a rotation function does, in this order ("Rotation by Lambda function" of the user guide). */
export const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;
export type Step = (typeof STEPS)[number];

function callFor(record: SecretRecord) {
  const { account, region } = record;
  const service = 'secretsmanager.amazonaws.com';
  return internalCall({ account, region }, { kind: 'service', account, service, sourceArn: secretArn(record) });
}

/** @throws AwsError where the function is not there, or its policy does not let Secrets Manager call it */
export async function checkRotationFunction(
  { dispatch }: CloudContext,
  record: SecretRecord,
  functionArn: string,
): Promise<void> {
  const input = { FunctionName: functionArn, InvocationType: 'DryRun', Payload: Buffer.from('{}') };
  await dispatch('lambda', 'Invoke', input, callFor(record));
}

/** Has the function do one step. @throws where it fails */
export async function runStep(
  { dispatch }: CloudContext,
  record: SecretRecord,
  functionArn: string,
  version: string,
  step: Step,
): Promise<void> {
  const event = { SecretId: secretArn(record), ClientRequestToken: version, Step: step };
  const input = { FunctionName: functionArn, Payload: Buffer.from(JSON.stringify(event)) };
  const { FunctionError, Payload } = await dispatch('lambda', 'Invoke', input, callFor(record));
  if (FunctionError !== undefined) {
    throw new Error(`${step} failed: ${Buffer.from(Payload ?? new Uint8Array()).toString()}`);
  }
}
