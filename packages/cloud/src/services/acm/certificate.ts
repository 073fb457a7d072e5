import type { KeyAlgorithm, ValidationMethod } from '@aws-sdk/client-acm';
import type { AccessRow, ConditionKeys, RowMaker } from '../../core/access.js';
import { AwsError } from '../../core/aws-error.js';
import type { CloudContext } from '../../core/cloud.js';
import type { Call, Scope } from '../../core/operation.js';
import type { Area } from '../../core/store.js';
import { operationsOf } from '../../model/operation.js';

/**
 * A certificate that was asked for. It is issued at once, since nobody here validates domains, and it has no keys: the
 * local cloud speaks HTTP.
 */
export interface Certificate {
  readonly arn: string;
  readonly domainName: string;
  readonly alternativeNames: readonly string[];
  readonly validationMethod: ValidationMethod;
  readonly keyAlgorithm: KeyAlgorithm;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly tags: Readonly<Record<string, string>>;
}

export type AcmState = Pick<CloudContext, 'store' | 'now'>;

/** An operation of ACM. */
export const acmOperation = operationsOf<AcmState, 'acm'>('acm');

/** For `parse` of operations whose input names a certificate. */
export const named = ({ CertificateArn }: { readonly CertificateArn: string }) => ({ arn: CertificateArn });

export function certificates({ store }: AcmState, { account, region }: Scope): Area {
  return store.area(account, region, 'acm').area('certificate');
}

export function certificateArn(id: string, { account, region }: Scope): string {
  return `arn:aws:acm:${region}:${account}:certificate/${id}`;
}

/** @throws AwsError ResourceNotFoundException */
export async function findCertificate(arn: string, call: Call, state: AcmState): Promise<Certificate> {
  const found = await certificates(state, call).get<Certificate>(arn);
  if (found) return found;
  throw new AwsError('ResourceNotFoundException', `Could not find certificate ${arn} in account ${call.account}.`);
}

/** For operations on the certificate whose ARN is in their input. */
export function certificateAccess<Input extends { readonly arn: string }>(
  row: RowMaker<AcmState, Input>,
  action: string,
  keys: ConditionKeys<AcmState, NoInfer<Input>> = {},
): AccessRow<AcmState, Input> {
  return row({
    action: `acm:${action}`,
    type: 'certificate',
    on: ({ arn }) => ({ resource: arn }),
    keys: {
      'aws:ResourceTag/*': async ({ target, call, state }) =>
        (await certificates(state, call).get<Certificate>(target.resource))?.tags,
      ...keys,
    },
  });
}
