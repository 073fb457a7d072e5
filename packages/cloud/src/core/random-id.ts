import { randomInt, randomUUID } from 'node:crypto';

const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789';
const MIXED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function pick(alphabet: string, length: number): string {
  let id = '';
  for (let i = 0; i < length; i++) id += alphabet[randomInt(alphabet.length)];
  return id;
}

/** Ids as AWS makes them. */
export const randomId = {
  uuid: (): string => randomUUID(),
  /** API Gateway's ids: ten lower-case letters and digits. */
  lower: (length: number): string => pick(LOWER, length),
  /** The ends of the ARNs of secrets: letters of both cases and digits. */
  mixed: (length: number): string => pick(MIXED, length),
  /** CloudFormation's name endings and IAM's unique ids: capitals and digits. */
  upper: (length: number): string => pick(UPPER, length),
};
