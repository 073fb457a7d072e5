/** The names of a path's variables. */
export type NameIn<P extends string> = string extends P
  ? string
  : P extends `${string}{${infer N}}${infer Rest}`
    ? (N extends `${infer Greedy}+` ? Greedy : N) | NameIn<Rest>
    : never;

/** The variables of a path, each a string: `/users/{id}` gives `{ id: string }`. */
export type PathParams<P extends string> = { readonly [K in NameIn<P>]: string };

/** True if a path has no variables. */
export type HasNoParams<P extends string> = [NameIn<P>] extends [never] ? true : false;

type Head<N extends string> = N extends `${infer A}/${string}` ? A : N;

/** A path without its braces and the names in them. */
type Bare<P extends string> = P extends `${infer A}{${infer N}}${infer Rest}` ? `${A}${N}${Bare<Rest>}` : P;
type Odd = `${string}${'{' | '}' | '*' | '/:'}${string}`;

/** The mistake in a path, or `never`. */
type Complaint<P extends string> = P extends `/${string}`
  ? Bare<P> extends Odd
    ? P extends `${string}/:${infer N}`
      ? `goblet: write '{${Head<N>}}', not ':${Head<N>}'`
      : P extends `${string}*${string}`
        ? `goblet: write '{rest+}', not '*'`
        : 'goblet: unbalanced braces'
    : never
  : string extends P
    ? never
    : `goblet: a path starts with '/'`;

/**
 * The path itself if it is well formed, else a sentence that says what to write. A path is inferred from the first
 * alternative only, which is all there is to infer.
 */
export type CheckPath<P extends string> = Complaint<P> extends never ? P : NoInfer<Complaint<P>>;
