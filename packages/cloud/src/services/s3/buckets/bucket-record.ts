import type { BucketSettings } from './bucket-settings.js';

/** A bucket as it is stored. Bucket names are global: one cloud has each once, whatever the account and region. */
export interface BucketRecord {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** As the creator named it: `EU` is eu-west-1. */
  readonly location?: string;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly versioning?: 'Enabled' | 'Suspended';
  /** JSON text. */
  readonly policy?: string;
  readonly settings: BucketSettings;
}
