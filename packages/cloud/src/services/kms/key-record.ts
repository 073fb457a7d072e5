import type { Tags } from '../../core/access.js';
import type { Scope } from '../../core/operation.js';
import type { Input } from '../../model/client-types.js';
import type { KeySpecName, KeyUsage } from './key-specs.js';

/** Bytes that a key encrypts with, signs or makes codes with. A rotation adds one. */
export interface KeyMaterial {
  readonly id: string;
  /** Base64: raw, or the private key as PKCS #8 DER. */
  readonly secret: string;
  /** Epoch milliseconds. */
  readonly since: number;
  /** The rotation that made it; none for the first. */
  readonly rotation?: 'AUTOMATIC' | 'ON_DEMAND' | undefined;
}

export interface GrantConstraints {
  readonly EncryptionContextSubset?: Readonly<Record<string, string>> | undefined;
  readonly EncryptionContextEquals?: Readonly<Record<string, string>> | undefined;
  readonly SourceArn?: string | undefined;
}

export interface Grant {
  readonly id: string;
  readonly token: string;
  readonly name?: string | undefined;
  /** An ARN, or the name of a service. */
  readonly grantee: string;
  readonly retiring?: string | undefined;
  readonly issuer: string;
  readonly operations: Input<'kms', 'CreateGrant'>['Operations'];
  readonly constraints?: GrantConstraints | undefined;
  /** Epoch milliseconds. */
  readonly created: number;
}

/** A KMS key as it is stored. */
export interface KeyRecord extends Scope {
  /** A UUID; `mrk-` and hexadecimal digits where it is for several regions. */
  readonly id: string;
  /** `AWS` for the keys that services of AWS make for themselves. */
  readonly manager: 'CUSTOMER' | 'AWS';
  readonly description: string;
  readonly spec: KeySpecName;
  readonly usage: KeyUsage;
  readonly multiRegion: boolean;
  readonly enabled: boolean;
  /** JSON */
  readonly policy: string;
  readonly tags: Tags;
  /** Oldest first. */
  readonly materials: readonly KeyMaterial[];
  readonly grants: readonly Grant[];
  readonly rotation?: { readonly days: number; readonly next: number } | undefined;
  /** Epoch milliseconds, like the next. */
  readonly created: number;
  /** When it is deleted for good. */
  readonly deletion?: number | undefined;
  readonly pendingDays?: number | undefined;
}

/** Another name of a key. */
export interface AliasRecord extends Scope {
  /** `alias/shop` */
  readonly name: string;
  readonly keyId: string;
  readonly created: number;
  readonly updated: number;
}
