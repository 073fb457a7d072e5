import { createHash } from 'node:crypto';
import type { Properties } from '../../../core/resource-type.js';
import type { Shape } from './id-shapes.js';

/** The values of the placeholders of a shape. */
export interface ShapeValues {
  /** Generated parts derive from it: the same seed gives the same id. */
  readonly seed: string;
  /** Empty while the physical id itself is made. */
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly urlSuffix: string;
  /** CloudFormation's name of the resource, no longer than asked for. */
  readonly generatedName: (maxLength: number) => string;
  readonly properties: Properties;
}

const ALPHABETS: Readonly<Record<string, string>> = {
  alnum: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  digits: '123456789',
  hex: '0123456789abcdef',
  lower: 'abcdefghijklmnopqrstuvwxyz0123456789',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
};

/** A text of AWS's shape. Words that nothing is known of are left out. */
export function fillShape(shape: Shape, values: ShapeValues): string {
  const choice = new Choice(values.seed);
  return shape.replace(/\{([^{}]+)\}/g, (_, words: string) => {
    for (const word of words.split('|')) {
      const value = valueOfWord(word, values, choice);
      if (value !== undefined) return value;
    }
    return '';
  });
}

function valueOfWord(word: string, values: ShapeValues, choice: Choice): string | undefined {
  const [name = '', argument = ''] = word.split(':');
  if (name.startsWith('=')) return name.slice(1);
  const alphabet = ALPHABETS[name];
  if (alphabet !== undefined) return choice.text(alphabet, Number(argument));
  switch (name) {
    case 'account':
    case 'id':
    case 'partition':
    case 'region':
      return values[name];
    case 'suffix':
      return values.urlSuffix;
    case 'uuid':
      return choice.uuid();
    case 'octet':
      return String(choice.number(1, 254));
    case 'generated':
      return values.generatedName(64);
    case 'short':
      return values.generatedName(32);
    case 'segment':
      return values.id.split('/')[Number(argument)];
    default:
      return textOf(values.properties[name]);
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** Bytes that follow from a seed, as many as are asked for. */
class Choice {
  readonly #seed: string;
  #bytes: Buffer = Buffer.alloc(0);
  #block = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  text(alphabet: string, length: number): string {
    let text = '';
    while (text.length < length) text += alphabet[this.#byte() % alphabet.length];
    return text;
  }

  number(least: number, most: number): number {
    return least + (this.#byte() % (most - least + 1));
  }

  /** Of version 4. */
  uuid(): string {
    const hex = (length: number): string => this.text('0123456789abcdef', length);
    return `${hex(8)}-${hex(4)}-4${hex(3)}-${this.text('89ab', 1)}${hex(3)}-${hex(12)}`;
  }

  #byte(): number {
    if (this.#bytes.length === 0) {
      this.#bytes = createHash('sha256')
        .update(`${this.#seed} ${this.#block++}`)
        .digest();
    }
    const byte = this.#bytes[0] ?? 0;
    this.#bytes = this.#bytes.subarray(1);
    return byte;
  }
}
