import { CfnResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { type BindingProperty, boundOtherwise, type NamedProperty, notBound, notDeclared } from './errors/bindings.js';
import { GobletError } from './goblet-error.js';

interface Named {
  readonly name: string;
}

/** The binding of needs of one kind. */
export interface BindingKind {
  /** In words: `an SNS topic`. */
  readonly takes: string;
  /** As written in the props: `topic`. */
  readonly give: string;
  readonly fits: (given: unknown) => boolean;
}

type Given = Readonly<Record<string, unknown>>;

/** Compares bindings with the declarations of an app. */
export class Bindings {
  readonly #app: string;

  /** @param app the app as messages name it, with its line */
  constructor(app: string) {
    this.#app = app;
  }

  bound(property: BindingProperty, needs: readonly Named[], given: Given): void {
    const missing = needs.filter(({ name }) => given[name] === undefined).map(({ name }) => name);
    if (missing.length > 0) throw new GobletError(notBound(property, this.#app, missing));
  }

  known(property: NamedProperty, needs: readonly Named[], given: Given): void {
    const known = needs.map(({ name }) => name);
    const unknown = Object.keys(given).find((name) => !known.includes(name));
    if (unknown !== undefined) throw new GobletError(notDeclared(property, this.#app, unknown, known));
  }

  /** Ignores needs without a binding: some may be omitted. */
  fit<N extends Named>(
    property: BindingProperty,
    needs: readonly N[],
    given: Given,
    kindOf: (need: N) => BindingKind | undefined,
  ): void {
    for (const need of needs) {
      const { name } = need;
      const kind = kindOf(need);
      if (kind === undefined || given[name] === undefined || kind.fits(given[name])) continue;
      throw new GobletError(boundOtherwise(property, this.#app, name, kind, describe(given[name])));
    }
  }
}

/** `Stack/Jobs (AWS::SQS::Queue)`, `"jobs"`, `{ queue, onFailure }`. */
export function describe(given: unknown): string {
  if (Construct.isConstruct(given)) return `${given.node.path}${resourceType(given)}`;
  if (typeof given === 'string') return JSON.stringify(given);
  if (Array.isArray(given)) return 'a list';
  if (typeof given !== 'object' || given === null) return String(given);
  // A Duration or a URL describes itself.
  if (given.toString !== Object.prototype.toString) return String(given);
  const members = Object.keys(given);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function resourceType(given: Construct): string {
  const resource = CfnResource.isCfnResource(given) ? given : given.node.defaultChild;
  return CfnResource.isCfnResource(resource) ? ` (${resource.cfnResourceType})` : '';
}

/** True if a value is an object with this member. */
export function has<Name extends string>(given: unknown, name: Name): given is { readonly [K in Name]: unknown } {
  return typeof given === 'object' && given !== null && name in given;
}
