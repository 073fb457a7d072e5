import { CliError } from '../cli-error.js';
import { notAccount, notPort, notRegion, notSeconds, notSince } from '../errors/option.js';
import type { OptionValues } from './command.js';

/** The text of an option, or undefined if omitted. */
export function text(options: OptionValues, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** The values of an option that may be repeated. */
export function texts(options: OptionValues, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? value : [];
}

/** Seconds, converted to milliseconds; undefined if omitted. */
export function seconds(options: OptionValues, name: string): number | undefined {
  const given = text(options, name);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (given.trim() === '' || !(value > 0 && value <= 900)) throw new CliError(notSeconds(`--${name}`, given));
  return value * 1000;
}

/** A TCP port; 0 chooses a free one. */
export function port(options: OptionValues, name: string, otherwise: number): number {
  const given = text(options, name);
  if (given === undefined) return otherwise;
  const value = Number(given);
  if (!/^\d+$/.test(given) || value > 65_535) throw new CliError(notPort(`--${name}`, given));
  return value;
}

/** An AWS account: twelve digits. */
export function account(options: OptionValues): string {
  const given = text(options, 'account') ?? '000000000000';
  if (!/^\d{12}$/.test(given)) throw new CliError(notAccount(given));
  return given;
}

/** An AWS region, checked by its form: from the option, else from the environment. */
export function region(options: OptionValues, otherwise: string): string {
  const option = text(options, 'region');
  const given = option ?? otherwise;
  if (!/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(given)) {
    throw new CliError(notRegion(option === undefined ? 'AWS_REGION' : '--region', given));
  }
  return given;
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `--since` in milliseconds since 1970: a duration before now, such as 10m, or a date. */
export function since(options: OptionValues, now: number): number {
  const given = text(options, 'since') ?? '';
  const [, figure, unit = ''] = /^(\d+)([smhd])$/.exec(given) ?? [];
  if (figure !== undefined) return Math.max(0, now - Number(figure) * (UNITS[unit] ?? 0));
  // Date.parse also accepts words and bare years.
  const date = /^\d{4}-\d\d-\d\d/.test(given) ? Date.parse(given) : Number.NaN;
  if (date >= 0) return date;
  throw new CliError(notSince(given));
}
