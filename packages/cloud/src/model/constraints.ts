/**
 * The limits of a value that AWS's reference gives and the SDK's model lacks, as data beside the operation. That a
 * member is required is in the model and is not repeated.
 */
export interface Constraint {
  /** Least length of a text (characters), list or map (entries); least value of a number. */
  readonly min?: number;
  /** Greatest length of a text, list or map; greatest value of a number. */
  readonly max?: number;
  /** Matches the whole text. */
  readonly pattern?: RegExp;
  /** The pattern in messages. @default - as it is written here */
  readonly patternText?: string;
  /** The values of a text, or of each text of a list. */
  readonly values?: readonly string[];
  /** Further values, which AWS's messages do not list. */
  readonly unlisted?: readonly string[];
  /** Of each item of a list or value of a map. */
  readonly each?: Constraint;
  /** Set for items of which AWS's message says last that they must not be null. */
  readonly notNull?: boolean;
  /** Of each key of a map. */
  readonly key?: Constraint;
  readonly members?: Constraints;
  /** Set where AWS's messages list the member before those that the model has before it. */
  readonly toldFirst?: true;
}

/** Constraints by the member's name. */
export type Constraints<T = Readonly<Record<string, unknown>>> = { readonly [Name in keyof T]?: Constraint };

/** One value that fails one constraint. */
export interface Violation {
  /** The member as AWS's messages name it: `tags.1.member.key` */
  readonly path: string;
  /** The member's own name: `Key` */
  readonly name: string;
  /** The limits it fails; empty where it is missing. */
  readonly limits: Constraint;
  readonly value: unknown;
  /** The value as messages write it. @default - as Java prints it */
  readonly shown?: string;
  /** The member is required and is not there. */
  readonly missing?: true;
  /** `Member must have length less than or equal to 80` */
  readonly constraint: string;
}
