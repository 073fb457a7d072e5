import type { Principal } from './principal.js';

/** Temporary credentials as STS hands them out. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Epoch milliseconds. */
  readonly expiration: number;
}

/** Who signs with which key. Sessions are durable: a restart does not sign anybody out. */
export interface CredentialStore {
  /**
   * `GOBLET<account>` keys are the root of that account, `AKIA…` keys those of users; others are sessions that were
   * issued. Undefined where unknown or inactive.
   */
  readonly find: (accessKeyId: string) => Promise<
    | {
        readonly principal: Principal;
        readonly secretAccessKey: string;
        readonly sessionToken?: string;
        /** Epoch milliseconds; none for long-term keys. */
        readonly expiration?: number;
      }
    | undefined
  >;
  readonly issue: (principal: Principal, durationSeconds: number) => Promise<SessionCredentials>;
}
