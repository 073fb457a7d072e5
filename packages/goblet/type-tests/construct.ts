// The shape of the construct's props, as @goblet/cdk derives them from an app, without the CDK.
import type { AnyApp, App } from 'goblet';

interface Bindings {
  readonly queue: { readonly queueArn: string };
  readonly jwt: { readonly issuer: string };
}
type Bound<Needs> = {
  readonly [K in keyof Needs as Needs[K] extends { readonly kind: keyof Bindings } ? K : never]: Needs[K] extends {
    readonly kind: infer Kind extends keyof Bindings;
  }
    ? Bindings[Kind]
    : never;
};
type Needed<Name extends string, T> = {} extends T ? { readonly [K in Name]?: T } : { readonly [K in Name]: T };

export type GobletProps<A extends AnyApp> =
  A extends App<infer C>
    ? { readonly entry: string } & Needed<'environment', C['environment']> &
        Needed<'sources', Bound<C['sources']>> &
        Needed<'auth', Bound<C['auth']>>
    : never;

export declare class Goblet<A extends AnyApp> {
  constructor(scope: unknown, id: string, props: GobletProps<A>);
}
