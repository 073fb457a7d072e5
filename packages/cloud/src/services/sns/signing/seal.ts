import type { CloudContext } from '../../../core/cloud.js';
import type { SignatureVersion, SigningKey } from './signing-key.js';

/** The members of a message that its signature covers, in the order in which they are signed. */
const SIGNED = ['Message', 'MessageId', 'SubscribeURL', 'Subject', 'Timestamp', 'Token', 'TopicArn', 'Type'] as const;

export type SignedMembers = Readonly<Partial<Record<(typeof SIGNED)[number], string | undefined>>>;

/** The members by which a receiver verifies a message. */
export interface Seal {
  readonly SignatureVersion: SignatureVersion;
  readonly Signature: string;
  readonly SigningCertURL: string;
}

/** The text that is signed ("Verifying the signatures of Amazon SNS messages" of the developer guide). */
export function stringToSign(members: SignedMembers): string {
  return SIGNED.flatMap((name) => (members[name] === undefined ? [] : [`${name}\n${members[name]}\n`])).join('');
}

/** Where SNS is asked by what it sends: at this cloud, or at AWS's name where addresses are not rewritten. */
export function snsAddress({ endpoint, rewriteUrls }: Pick<CloudContext, 'endpoint' | 'rewriteUrls'>, region: string) {
  return rewriteUrls ? endpoint() : `https://sns.${region}.amazonaws.com`;
}

/** The signature of a message of a topic. */
export async function sealOf(
  members: SignedMembers,
  { key, address, version }: { readonly key: SigningKey; readonly address: string; readonly version: SignatureVersion },
): Promise<Seal> {
  const [{ path }, Signature] = await Promise.all([key.certificate(), key.sign(stringToSign(members), version)]);
  return { SignatureVersion: version, Signature, SigningCertURL: `${address}${path}` };
}
