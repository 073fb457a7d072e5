import { isObject } from '../../../core/json.js';

/** A claim as HTTP APIs hand it to functions: text, whatever it was; lists as `[a b]`, objects as `map[a:b]`. */
export function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  if (isObject(value)) {
    const members = Object.keys(value).sort();
    return `map[${members.map((name) => `${name}:${claimText(value[name])}`).join(' ')}]`;
  }
  return String(value);
}
