import type { CredentialStore } from './credentials.js';
import type { Principal } from './principal.js';
import type { Quotas } from './quotas.js';
import type { Dispatch, Service } from './service.js';
import type { ServiceMetrics } from './service-metrics.js';
import type { Store } from './store.js';

/** Events, for the terminal and for tests. Programs may parse their kinds. */
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
  | {
      /** A policy that was attached names a condition key that no request of this cloud has a value for. */
      readonly kind: 'policy';
      readonly time: number;
      /** `the inline policy Writes of role app` */
      readonly policy: string;
      /** Its Sid in quotes, or its number: `number 1` */
      readonly statement: string;
      readonly effect: 'Allow' | 'Deny';
      readonly key: string;
      /**
       * `never` if the condition can never be true here, so that the statement never applies; `always` if it is always
       * true.
       */
      readonly holds: 'never' | 'always';
    }
  | {
      /** A mail or text that AWS would send to a user of a user pool. Nothing is sent. */
      readonly kind: 'message';
      readonly time: number;
      readonly account: string;
      readonly region: string;
      readonly userPoolId: string;
      /** `SignUp`, as the sources of custom message triggers end. */
      readonly purpose: string;
      readonly medium: 'EMAIL' | 'SMS';
      /** The address or number. */
      readonly destination: string;
      readonly username: string;
      readonly subject?: string | undefined;
      readonly body: string;
      /** The code in it, or the temporary password. */
      readonly code: string;
    }
  | { readonly kind: 'warning'; readonly time: number; readonly message: string };

/** A policy that came into force. */
export interface AttachedPolicy {
  /** For people: `the policy of arn:aws:sqs:eu-west-1:111111111111:jobs` */
  readonly name: string;
  /** JSON */
  readonly text: string;
  readonly kind: 'identity' | 'resource' | 'trust';
}

/** The input with which every service is created. */
export interface CloudContext {
  readonly store: Store;
  readonly dispatch: Dispatch;
  readonly credentials: CredentialStore;
  /** Every service of this cloud by its name. Complete once `start` of the services is called. */
  readonly services: ReadonlyMap<string, Service>;
  readonly emit: (event: CloudEvent) => void;
  /** To be called with every policy that is attached. */
  readonly reviewPolicy: (policy: AttachedPolicy) => void;
  /** Of every account and region. */
  readonly quotas: Quotas;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly metrics: ServiceMetrics;
  /** Where this cloud is reached: `http://127.0.0.1:4566`. Known once it listens. */
  readonly endpoint: () => string;
  /** A folder for working files (unpacked functions). Who makes something in it removes that, and nothing else. */
  readonly workFolder: string;
  /** The folder of S3's large objects, as lasting as the store. Not there until the first of them is. */
  readonly objectsFolder: string;
  /** The ids of every API in this cloud; API Gateway adds and removes them, `toLocalUrls` reads them. */
  readonly apiIds: Set<string>;
  /** The ids of every function URL in this cloud; Lambda adds and removes them, `toLocalUrls` reads them. */
  readonly functionUrlIds: Set<string>;
  /** AWS's own URLs of every queue in this cloud; SQS adds and removes them, `toLocalUrls` reads them. */
  readonly queueUrls: Set<string>;
  /** True to refuse resource types that this cloud only records (`--refuse-recorded`). */
  readonly refuseRecorded: boolean;
  /** True to rewrite known URLs in answers (`--no-rewrite` turns it off). */
  readonly rewriteUrls: boolean;
}

/** The export of `services/<name>/index.ts`: creates the service of one cloud. */
export type ServiceMaker = (context: CloudContext) => Service;
