import type { BucketSettings } from '../buckets/bucket-settings.js';

export type Website = NonNullable<BucketSettings['website']>;
type RoutingRule = NonNullable<Website['RoutingRules']>[number];

/** Where a visitor is sent. */
export interface Redirection {
  readonly status: number;
  /** `http` or `https`; undefined where it is the request's. */
  readonly protocol: string | undefined;
  /** Undefined where it is the request's. */
  readonly host: string | undefined;
  readonly key: string;
}

/** The redirection of every request, which a website can have in place of pages. */
export function redirectionOfAll({ RedirectAllRequestsTo: to }: Website, key: string): Redirection | undefined {
  return to && { status: 301, protocol: to.Protocol, host: to.HostName, key };
}

function redirectionOf({ Redirect = {}, Condition }: RoutingRule, key: string): Redirection {
  const { ReplaceKeyWith, ReplaceKeyPrefixWith, HttpRedirectCode = '301' } = Redirect;
  const prefix = Condition?.KeyPrefixEquals ?? '';
  const moved = ReplaceKeyPrefixWith === undefined ? key : ReplaceKeyPrefixWith + key.slice(prefix.length);
  return {
    status: Number(HttpRedirectCode),
    protocol: Redirect.Protocol,
    host: Redirect.HostName,
    key: ReplaceKeyWith ?? moved,
  };
}

/**
 * The redirection that the first routing rule for a key gives ("Configuring webpage redirects" of the S3 user guide).
 *
 * @param error the status that reading the key ended with; undefined before it is read
 */
export function routed({ RoutingRules = [] }: Website, key: string, error?: number): Redirection | undefined {
  const rule = RoutingRules.find(({ Condition: { KeyPrefixEquals = '', HttpErrorCodeReturnedEquals: code } = {} }) => {
    const asked = error === undefined ? code === undefined : code === String(error);
    return asked && key.startsWith(KeyPrefixEquals);
  });
  return rule && redirectionOf(rule, key);
}

/** The key of the object that is shown for a key: that of a folder is its index. */
export function shownKey({ IndexDocument }: Website, key: string): string {
  return key === '' || key.endsWith('/') ? `${key}${IndexDocument?.Suffix ?? ''}` : key;
}
