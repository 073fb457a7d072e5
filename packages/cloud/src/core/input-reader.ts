import { AwsError } from './aws-error.js';

interface TextRules {
  readonly pattern?: RegExp;
  readonly oneOf?: readonly string[];
  readonly max?: number;
}

interface IntegerRules {
  readonly min: number;
  readonly max: number;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

/**
 * Reads the members of an input and collects what is wrong with them, to be told at once and in the words of AWS's
 * request validation: `1 validation error detected: Value '64' at 'memorySize' failed to satisfy constraint: …`.
 */
export class InputReader {
  readonly #raw: Readonly<Record<string, unknown>>;
  readonly #path: string;
  readonly #violations: string[];
  readonly #code: string;

  /** @param code the service's error for wrong input: Lambda's is `ValidationException` */
  constructor(raw: unknown, code = 'ValidationException', path = '', violations: string[] = []) {
    this.#raw = isRecord(raw) ? raw : {};
    this.#path = path;
    this.#violations = violations;
    this.#code = code;
  }

  has(name: string): boolean {
    return this.#raw[name] !== undefined && this.#raw[name] !== null;
  }

  /** The member as it came. */
  raw(name: string): unknown {
    return this.#raw[name];
  }

  text(name: string, rules: TextRules = {}): string | undefined {
    const value = this.#raw[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') throw this.#wrongKind(name, 'a string');
    if (rules.oneOf && !rules.oneOf.includes(value)) {
      this.#violation(name, value, `Member must satisfy enum value set: [${rules.oneOf.join(', ')}]`);
    }
    if (rules.pattern && !rules.pattern.test(value)) {
      this.#violation(name, value, `Member must satisfy regular expression pattern: ${rules.pattern.source}`);
    }
    if (rules.max !== undefined && value.length > rules.max) {
      this.#violation(name, value, `Member must have length less than or equal to ${rules.max}`);
    }
    return value;
  }

  requiredText(name: string, rules: TextRules = {}): string {
    const value = this.text(name, rules);
    if (value === undefined) this.missing(name);
    return value ?? '';
  }

  /** Numbers in texts count: CloudFormation and query parameters bring them so. */
  integer(name: string, rules: IntegerRules): number | undefined {
    const raw = this.#raw[name];
    if (raw === undefined || raw === null) return undefined;
    const value = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw;
    if (typeof value !== 'number' || !Number.isInteger(value)) throw this.#wrongKind(name, 'an integer');
    if (value < rules.min) {
      this.#violation(name, String(value), `Member must have value greater than or equal to ${rules.min}`);
    }
    if (value > rules.max) {
      this.#violation(name, String(value), `Member must have value less than or equal to ${rules.max}`);
    }
    return value;
  }

  flag(name: string): boolean | undefined {
    const value = this.#raw[name];
    if (value === undefined || value === null) return undefined;
    if (value === 'true' || value === true) return true;
    if (value === 'false' || value === false) return false;
    throw this.#wrongKind(name, 'a boolean');
  }

  /** Bytes as they are in process, as base64 on the wire. */
  bytes(name: string): Uint8Array | undefined {
    const value = this.#raw[name];
    if (value === undefined || value === null) return undefined;
    if (value instanceof Uint8Array) return value;
    if (typeof value === 'string') return Buffer.from(value, 'base64');
    throw this.#wrongKind(name, 'bytes');
  }

  list(name: string): readonly unknown[] | undefined {
    const value = this.#raw[name];
    if (value === undefined || value === null) return undefined;
    if (!Array.isArray(value)) throw this.#wrongKind(name, 'a list');
    return value;
  }

  texts(name: string): readonly string[] | undefined {
    return this.list(name)?.map((each) => {
      if (typeof each !== 'string') throw this.#wrongKind(name, 'a list of strings');
      return each;
    });
  }

  /** A map of texts; other scalars become texts, as CloudFormation makes them. */
  textMap(name: string): Readonly<Record<string, string>> | undefined {
    const value = this.#raw[name];
    if (value === undefined || value === null) return undefined;
    if (!isRecord(value)) throw this.#wrongKind(name, 'a map');
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => {
        if (typeof each === 'object' || each === undefined) throw this.#wrongKind(`${name}.${key}`, 'a string');
        return [key, String(each)];
      }),
    );
  }

  /** The members of a structure; its violations are told with those of the whole. */
  structure(name: string): InputReader | undefined {
    const value = this.#raw[name];
    if (value === undefined || value === null) return undefined;
    if (!isRecord(value)) throw this.#wrongKind(name, 'a structure');
    return new InputReader(value, this.#code, `${this.#path}${camel(name)}.`, this.#violations);
  }

  names(): readonly string[] {
    return Object.keys(this.#raw).filter((name) => this.has(name));
  }

  missing(name: string): void {
    this.#violations.push(
      `Value null at '${this.#path}${camel(name)}' failed to satisfy constraint: Member must not be null`,
    );
  }

  /** Throws where anything that was read is wrong. */
  check(): void {
    const count = this.#violations.length;
    if (count === 0) return;
    throw new AwsError(
      this.#code,
      `${count} validation error${count === 1 ? '' : 's'} detected: ${this.#violations.join('; ')}`,
      400,
    );
  }

  #violation(name: string, value: string, constraint: string): void {
    this.#violations.push(
      `Value '${value}' at '${this.#path}${camel(name)}' failed to satisfy constraint: ${constraint}`,
    );
  }

  #wrongKind(name: string, kind: string): AwsError {
    return new AwsError('SerializationException', `${this.#path}${camel(name)} must be ${kind}`, 400);
  }
}

function camel(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
