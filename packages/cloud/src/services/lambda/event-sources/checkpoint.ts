/** How far the records of a mapping's stream are handled. Kept over restarts. */
export interface Checkpoint {
  /** The sequence number up to which all are; undefined before the first. */
  readonly load: () => Promise<string | undefined>;
  readonly save: (sequence: string) => Promise<void>;
}
