import { createHash } from 'node:crypto';

/** The alias of the key that AWS keeps for DynamoDB in each account and region. */
const ALIAS = 'alias/aws/dynamodb';

/**
 * The ARN by which a table names its key.
 * @param keyId an id, an alias or an ARN. @default - DynamoDB's key in the account, of which KMS here has nothing but the id
 */
export function keyArn({ arn }: { readonly arn: string }, keyId: string = ALIAS): string {
  if (keyId.startsWith('arn:') && !keyId.endsWith(`:${ALIAS}`)) return keyId;
  const [, partition = '', , region = '', account = ''] = arn.split(':');
  const id = keyId.endsWith(ALIAS) ? managedKeyId(account, region) : keyId;
  return `arn:${partition}:kms:${region}:${account}:${id.startsWith('alias/') ? id : `key/${id}`}`;
}

/** The same for the same account and region, in the form of a UUID of version 4. */
function managedKeyId(account: string, region: string): string {
  const hex = createHash('sha256').update(`${account} ${region} ${ALIAS}`).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
}
