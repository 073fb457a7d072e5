import { AwsError } from '../../core/aws-error.js';
import type { CloudContext } from '../../core/cloud.js';
import type { Access, Call, Scope } from '../../core/operation.js';
import type { Area } from '../../core/store.js';

/**
 * A certificate that was asked for. It is issued at once, since nobody here validates domains, and it has no keys: the
 * local cloud speaks HTTP.
 */
export interface Certificate {
  readonly arn: string;
  readonly domainName: string;
  readonly alternativeNames: readonly string[];
  readonly validationMethod: string;
  readonly keyAlgorithm: string;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly tags: Readonly<Record<string, string>>;
}

export type AcmState = Pick<CloudContext, 'store' | 'now'>;

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

export function certificateAccess(action: string, arn: string): readonly Access[] {
  return [{ action: `acm:${action}`, resource: arn }];
}
