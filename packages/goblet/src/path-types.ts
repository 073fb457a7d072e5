type NameIn<P extends string> = string extends P
  ? string
  : P extends `${string}{${infer N}}${infer Rest}`
    ? (N extends `${infer Greedy}+` ? Greedy : N) | NameIn<Rest>
    : never;

/** The names that a path captures, each a string: `/users/{id}` gives `{ id: string }`. */
export type PathParams<P extends string> = { readonly [K in NameIn<P>]: string };

/** True where a path captures nothing. */
export type HasNoParams<P extends string> = [NameIn<P>] extends [never] ? true : false;

type Head<N extends string> = N extends `${infer A}/${string}` ? A : N;

type Balanced<P extends string> = P extends `${infer A}{${infer N}}${infer Rest}`
  ? A extends `${string}}${string}`
    ? false
    : N extends `${string}{${string}`
      ? false
      : Balanced<Rest>
  : P extends `${string}{${string}` | `${string}}${string}`
    ? false
    : true;

/** The path itself where it is well formed, else a sentence that says what to write. */
export type CheckPath<P extends string> = string extends P
  ? P
  : P extends `/${string}`
    ? P extends `${string}/:${infer N}`
      ? `goblet: write '{${Head<N>}}', not ':${Head<N>}'`
      : P extends `${string}*${string}`
        ? `goblet: write '{rest+}', not '*'`
        : Balanced<P> extends true
          ? P
          : 'goblet: unbalanced braces'
    : `goblet: a path starts with '/'`;
