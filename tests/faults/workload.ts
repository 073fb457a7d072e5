import type { Cloud } from '@goblet/cloud';

/** How clients of the SDK reach the cloud; a call that fails is not tried again. */
export interface Target {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: 1;
}

/** One kind of work that goes on until the cloud dies, and knows what must be there afterwards. */
export interface Workload {
  readonly name: string;
  /** Before the first round. */
  readonly prepare?: (target: Target) => Promise<void>;
  /** What is done over and over; calls `acknowledged` for everything that was answered. */
  readonly work: (target: Target, acknowledged: () => void) => Promise<void>;
  /** Throws where something acknowledged is lost, or something is half done. */
  readonly verify: (target: Target, cloud: Cloud) => Promise<void>;
}
