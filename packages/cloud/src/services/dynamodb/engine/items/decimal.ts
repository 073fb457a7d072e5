import { db } from '../../input/dynalite.js';

/** A sign of how two DynamoDB numbers (plain decimals) compare: dynalite's key order is the order of the numbers. */
export function compareNumbers(a: string, b: string): number {
  const left = `${db.toLexiStr(a, 'N')}/`;
  const right = `${db.toLexiStr(b, 'N')}/`;
  return left < right ? -1 : left > right ? 1 : 0;
}

interface Decimal {
  readonly digits: bigint;
  /** Digits behind the point. */
  readonly scale: number;
}

function parse(text: string): Decimal {
  const [whole = '0', fraction = ''] = text.split('.');
  return { digits: BigInt(whole + fraction), scale: fraction.length };
}

/** Thrown where a result does not fit a DynamoDB number: 38 significant digits, magnitude 1E-130 to 9.9E+125. */
export class NumberRangeError extends Error {}

function format({ digits, scale }: Decimal): string {
  const negative = digits < 0n;
  const text = (negative ? -digits : digits).toString().padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  const fraction = text.slice(text.length - scale).replace(/0+$/, '');
  const significant = (whole + fraction).replace(/^0+/, '').replace(/0+$/, '');
  if (significant.length > 38) {
    throw new NumberRangeError('Attempting to store more than 38 significant digits in a Number');
  }
  if (whole.length > 126) {
    throw new NumberRangeError(
      'Number overflow. Attempting to store a number with magnitude larger than supported range',
    );
  }
  if (significant === '') return '0';
  return `${negative ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}

/** Exact sum or difference of two DynamoDB numbers. Throws a NumberRangeError. */
export function addNumbers(a: string, b: string, sign: 1 | -1 = 1): string {
  const left = parse(a);
  const right = parse(b);
  const scale = Math.max(left.scale, right.scale);
  const lift = ({ digits, scale: own }: Decimal) => digits * 10n ** BigInt(scale - own);
  return format({ digits: lift(left) + BigInt(sign) * lift(right), scale });
}
