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
  /** `GOBLET<account>` keys are the root of that account; others are sessions that were issued. Undefined where unknown. */
  readonly find: (accessKeyId: string) => Promise<
    | {
        readonly principal: Principal;
        readonly secretAccessKey: string;
        readonly sessionToken?: string;
        /** Epoch milliseconds; none for the developer's key. */
        readonly expiration?: number;
      }
    | undefined
  >;
  readonly issue: (principal: Principal, durationSeconds: number) => Promise<SessionCredentials>;
}
