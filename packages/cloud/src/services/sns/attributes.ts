import { parseJson } from '../../core/json.js';
import { invalidParameter } from './sns-error.js';

export type Attributes = Readonly<Record<string, string>>;

/** One attribute that can be set. */
export interface AttributeRule<Context> {
  /** Throws an Error whose message is behind the attribute's name where a value cannot be. */
  readonly check: (value: string, all: Attributes, context: Context) => void;
  /** The value as it is stored. @default - as it is given */
  readonly normalize?: (value: string) => string;
  /** An empty value is a value, and does not take the attribute away. @default false */
  readonly mayBeEmpty?: boolean;
}

export type AttributeRules<Context> = Readonly<Record<string, AttributeRule<Context>>>;

/** Texts in front of what is wrong, where attributes are given with a new topic or subscription. */
export const IN_CREATION = 'Attributes Reason: ';

/**
 * The attributes of a topic or subscription when some are set.
 *
 * @param unsupported attributes that AWS has and this cloud has not
 * @param prefix in front of what is wrong with a value
 * @throws AwsError InvalidParameter
 */
export function changedAttributes<Context>(
  rules: AttributeRules<Context>,
  {
    before,
    change,
    context,
    unsupported,
    prefix,
  }: {
    readonly before: Attributes;
    readonly change: Attributes;
    readonly context: Context;
    readonly unsupported: readonly string[];
    readonly prefix: string;
  },
): Attributes {
  const set: Record<string, string> = {};
  for (const [name, value] of Object.entries(change)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (unsupported.includes(name)) throw invalidParameter(`AttributeName: the local cloud does not support ${name}`);
    if (!rule) throw invalidParameter('AttributeName');
    set[name] = value === '' ? value : (rule.normalize?.(value) ?? value);
  }
  const kept = Object.entries({ ...before, ...set }).filter(([name, value]) => value !== '' || rules[name]?.mayBeEmpty);
  const after = Object.fromEntries(kept);
  for (const [name, value] of kept) {
    try {
      rules[name]?.check(value, after, context);
    } catch (error) {
      if (error instanceof AttributeFault) throw invalidParameter(`${error.bare ? '' : prefix}${error.message}`);
      throw error;
    }
  }
  return after;
}

/** The error in the value of an attribute. */
export class AttributeFault extends Error {
  /** @param bare AWS does not write in front of it that it is an attribute's */
  constructor(
    message: string,
    readonly bare = false,
  ) {
    super(message);
  }
}

/** A rule that takes one of a few texts. */
export function oneOf<Context>(name: string, ...values: readonly string[]): AttributeRule<Context> {
  return {
    check: (value) => {
      if (!values.includes(value)) throw new AttributeFault(`${name}: ${value} is not one of ${values.join(', ')}`);
    },
  };
}

/** A JSON object. @throws AttributeFault */
export function readJson(name: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = parseJson(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // It is refused below.
  }
  throw new AttributeFault(`${name}: failed to parse JSON.`);
}
