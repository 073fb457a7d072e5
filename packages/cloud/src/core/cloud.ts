import type { CredentialStore } from './credentials.js';
import type { Principal } from './principal.js';
import type { Quotas } from './quotas.js';
import type { Dispatch, Service } from './service.js';
import type { Store } from './store.js';

/** What happened, for the terminal and for tests. A registry of kinds: programs may parse them. */
export type CloudEvent =
  | {
      readonly kind: 'accessDenied';
      readonly time: number;
      readonly principal: Principal;
      readonly action: string;
      readonly resource: string;
      /** Why: no statement allows it, or the statement (its Sid or index) that denies it. */
      readonly reason: string;
      /** The policy statement (JSON) that would allow it. */
      readonly statement: string;
      /** False under `--iam=warn`: the call went on. */
      readonly refused: boolean;
    }
  | {
      readonly kind: 'stack';
      readonly time: number;
      readonly account: string;
      readonly region: string;
      readonly stackName: string;
      readonly status: string;
      readonly reason?: string;
    }
  | {
      readonly kind: 'log';
      readonly time: number;
      readonly account: string;
      readonly region: string;
      readonly functionName: string;
      readonly message: string;
    }
  | {
      readonly kind: 'request';
      readonly time: number;
      readonly apiId: string;
      readonly method: string;
      readonly path: string;
      readonly status: number;
      readonly milliseconds: number;
    }
  | { readonly kind: 'warning'; readonly time: number; readonly message: string };

/** What every service is made with. */
export interface CloudContext {
  readonly store: Store;
  readonly dispatch: Dispatch;
  readonly credentials: CredentialStore;
  /** Every service of this cloud by its name. Complete once `start` of the services is called. */
  readonly services: ReadonlyMap<string, Service>;
  readonly emit: (event: CloudEvent) => void;
  /** Of every account and region. */
  readonly quotas: Quotas;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Where this cloud is reached: `http://127.0.0.1:4566`. Known once it listens. */
  readonly endpoint: () => string;
  /** A folder for working files (unpacked functions). Who makes something in it removes that, and nothing else. */
  readonly workFolder: string;
  /** The ids of every API in this cloud; API Gateway adds and removes them, `toLocalUrls` reads them. */
  readonly apiIds: Set<string>;
  /** AWS's own URLs of every queue in this cloud; SQS adds and removes them, `toLocalUrls` reads them. */
  readonly queueUrls: Set<string>;
  /** Whether resource types that this cloud only records are refused (`--refuse-recorded`). */
  readonly refuseRecorded: boolean;
  /** Whether known URLs are rewritten on the way out (`--no-rewrite` turns it off). */
  readonly rewriteUrls: boolean;
}
