import { randomInt } from 'node:crypto';
import { invalidParameter } from './secret-error.js';

export interface PasswordRules {
  readonly PasswordLength?: number | undefined;
  readonly ExcludeCharacters?: string | undefined;
  readonly ExcludeNumbers?: boolean | undefined;
  readonly ExcludePunctuation?: boolean | undefined;
  readonly ExcludeUppercase?: boolean | undefined;
  readonly ExcludeLowercase?: boolean | undefined;
  readonly IncludeSpace?: boolean | undefined;
  readonly RequireEachIncludedType?: boolean | undefined;
}

const DEFAULT_LENGTH = 32;
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const NUMBERS = '0123456789';
/** "GetRandomPassword" of the API reference lists them. */
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

const pick = (alphabet: string): string => alphabet.charAt(randomInt(alphabet.length));

/** @throws AwsError InvalidParameterException where the rules leave nothing to choose from */
export function randomPassword(rules: PasswordRules): string {
  const { PasswordLength: length = DEFAULT_LENGTH, ExcludeCharacters: excluded = '' } = rules;
  const types = [
    rules.ExcludeLowercase ? '' : LOWER,
    rules.ExcludeUppercase ? '' : UPPER,
    rules.ExcludeNumbers ? '' : NUMBERS,
    rules.ExcludePunctuation ? '' : PUNCTUATION,
    rules.IncludeSpace ? ' ' : '',
  ]
    .map((alphabet) => [...alphabet].filter((character) => !excluded.includes(character)).join(''))
    .filter((alphabet) => alphabet !== '');
  if (types.length === 0) throw invalidParameter('The password has no characters to choose from.');
  const required = (rules.RequireEachIncludedType ?? true) ? types.map(pick) : [];
  if (required.length > length) {
    throw invalidParameter('The password length is too short based on the required types.');
  }
  const all = types.join('');
  const characters = [...required, ...Array.from({ length: length - required.length }, () => pick(all))];
  for (let at = characters.length - 1; at > 0; at--) {
    const other = randomInt(at + 1);
    [characters[at], characters[other]] = [characters[other] ?? '', characters[at] ?? ''];
  }
  return characters.join('');
}
