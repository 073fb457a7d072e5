import { createHash } from 'node:crypto';

/** The canonical user id by which S3 names an account: 64 hexadecimal digits. */
export function canonicalUserId(account: string): string {
  return createHash('sha256').update(`canonical user of ${account}`).digest('hex');
}

/** An account as answers name the owner of a bucket or an object. */
export function ownerOf(account: string): { readonly ID: string } {
  return { ID: canonicalUserId(account) };
}

/** An account as answers name who began an upload. */
export function initiatorOf(account: string): { readonly ID: string; readonly DisplayName: string } {
  return { ID: canonicalUserId(account), DisplayName: account };
}
