import type { Scope } from './call.js';

/** A value of a resource type's property that AWS takes and this cloud refuses. */
export interface RefusedValue {
  /** `Integration.Type`, `Targets[].Arn`; a path that ends in `[]` is of the list's elements. */
  readonly path: string;
  /** True if a value is one of those. @default every value */
  readonly when?: (value: unknown, scope: Scope) => boolean;
  /** Which values, for the reference page: `AWS, HTTP`. @default every value */
  readonly values?: string;
  /** The reason, and what the reader can do about it. */
  readonly why: string;
}
