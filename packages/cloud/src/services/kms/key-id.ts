import type { Scope } from '../../core/operation.js';
import { partitionOf } from '../../core/partition.js';
import { invalid, notFound } from './kms-error.js';

/** A key as a request names it: by its id or ARN, or by those of an alias. */
export type KeyId = Scope & { readonly asked: string } & (
    | { readonly kind: 'key'; readonly id: string }
    | { readonly kind: 'alias'; readonly name: string }
  );

const ARN = /^arn:aws[a-z-]*:kms:(?<region>[a-z0-9-]+):(?<account>\d{12}):(?<what>key|alias)\/(?<name>.+)$/;
const KEY = /^(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const ALIAS = /^alias\/[a-zA-Z0-9/_-]+$/;

/** @throws AwsError NotFoundException for what can not be a key of this region */
export function parseKeyId(text: string, scope: Scope): KeyId {
  const arn = ARN.exec(text)?.groups;
  const { region = scope.region, account = scope.account, what = '', name = '' } = arn ?? {};
  if (region !== scope.region) throw notFound(`Invalid arn ${region}`);
  const place = { account, region, asked: text };
  if (arn)
    return what === 'key' ? { ...place, kind: 'key', id: name } : { ...place, kind: 'alias', name: `alias/${name}` };
  if (text.startsWith('alias/')) return { ...place, kind: 'alias', name: text };
  if (KEY.test(text)) return { ...place, kind: 'key', id: text };
  throw notFound(text.startsWith('arn:') ? `Invalid arn ${text}` : `Invalid keyId '${text}'`);
}

/** @throws AwsError for a name that no alias of a customer can have */
export function checkAliasName(name: string): void {
  if (!name.startsWith('alias/') || name === 'alias/') throw invalid('Invalid identifier');
  if (!ALIAS.test(name)) {
    throw invalid(
      `1 validation error detected: Value '${name}' at 'aliasName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$`,
    );
  }
}

export function keyArn({ account, region, id }: Scope & { readonly id: string }): string {
  return `arn:${partitionOf(region).name}:kms:${region}:${account}:key/${id}`;
}

export function aliasArn({ account, region, name }: Scope & { readonly name: string }): string {
  return `arn:${partitionOf(region).name}:kms:${region}:${account}:${name}`;
}
