export type UserStatus = 'UNCONFIRMED' | 'CONFIRMED' | 'RESET_REQUIRED' | 'FORCE_CHANGE_PASSWORD' | 'EXTERNAL_PROVIDER';

/** A password as SRP knows it (RFC 5054): the verifier follows from salt and password, not the other way. Hex. */
export interface PasswordVerifier {
  readonly salt: string;
  readonly verifier: string;
  /** Epoch milliseconds at which a temporary password ends. */
  readonly expires?: number | undefined;
}

/** A code that was sent and is still awaited. */
export interface SentCode {
  readonly code: string;
  /** Epoch milliseconds. */
  readonly expires: number;
  /** The attribute to whose address it was sent, which the code verifies. */
  readonly attribute: string;
}

/** A user as it is stored. */
export interface UserRecord {
  readonly poolId: string;
  readonly username: string;
  /** UUID */
  readonly sub: string;
  /** Without `sub`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly status: UserStatus;
  readonly enabled: boolean;
  readonly groups: readonly string[];
  /** Undefined until there is one. */
  readonly password?: PasswordVerifier | undefined;
  /** By purpose: `signUp`, `reset`, or `verify:email`. */
  readonly codes?: Readonly<Record<string, SentCode>> | undefined;
  /** Values that wait for the code that was sent to them. */
  readonly pending?: Readonly<Record<string, string>> | undefined;
  /** Epoch milliseconds; tokens from before no longer count. */
  readonly signedOut?: number | undefined;
  /** Base32, of an authenticator app. */
  readonly totp?: { readonly secret: string; readonly verified: boolean } | undefined;
  readonly mfa?: { readonly enabled: readonly string[]; readonly preferred?: string | undefined } | undefined;
  /** Epoch milliseconds, like the next. */
  readonly created: number;
  readonly modified: number;
}
