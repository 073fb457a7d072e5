import type { Call } from '../../../core/operation.js';
import type { GivenParameter } from '../template/parameters.js';
import { validationError } from '../template/template-error.js';

/** The members of a request, as the query protocol gives them: text, lists and structures of text. */
export class Input {
  readonly #members: Readonly<Record<string, unknown>>;

  constructor(raw: unknown) {
    this.#members = isStructure(raw) ? raw : {};
  }

  text(name: string): string | undefined {
    const value = Object.hasOwn(this.#members, name) ? this.#members[name] : undefined;
    return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
  }

  required(name: string): string {
    const value = this.text(name);
    if (value !== undefined && value !== '') return value;
    const member = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    throw validationError(
      `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
    );
  }

  flag(name: string): boolean {
    return this.text(name)?.toLowerCase() === 'true';
  }

  number(name: string): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : Number(text);
  }

  texts(name: string): readonly string[] {
    return this.#list(name).map(String);
  }

  structures(name: string): readonly Input[] {
    return this.#list(name).map((item) => new Input(item));
  }

  structure(name: string): Input {
    return new Input(this.#members[name]);
  }

  has(name: string): boolean {
    return this.#members[name] !== undefined;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const found = allowed.find((one) => one === text);
    if (found !== undefined) return found;
    const member = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    throw validationError(
      `1 validation error detected: Value '${text}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${allowed.join(', ')}]`,
    );
  }

  #list(name: string): readonly unknown[] {
    const value = this.#members[name];
    return Array.isArray(value) ? value : [];
  }
}

function isStructure(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The name of a stack, or its ARN. */
export function stackNameIn(input: Input): string {
  return input.required('StackName');
}

export function givenParameters(input: Input): readonly GivenParameter[] {
  return input.structures('Parameters').map((one) => {
    const value = one.text('ParameterValue');
    return {
      key: one.required('ParameterKey'),
      ...(value !== undefined && { value }),
      usePreviousValue: one.flag('UsePreviousValue'),
    };
  });
}

/** Tags as a map; undefined where the request says nothing of them. */
export function givenTags(input: Input): Readonly<Record<string, string>> | undefined {
  if (!input.has('Tags')) return undefined;
  return Object.fromEntries(input.structures('Tags').map((tag) => [tag.required('Key'), tag.text('Value') ?? '']));
}

/** The ARN by which IAM knows a stack; every incarnation of a name where only the name is given. */
export function stackArn(nameOrId: string | undefined, call: Call): string {
  if (nameOrId?.startsWith('arn:')) return nameOrId;
  return `arn:aws:cloudformation:${call.region}:${call.account}:stack/${nameOrId ?? '*'}/*`;
}
