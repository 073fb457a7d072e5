import { AwsError } from '../../../core/aws-error.js';
import { s3Error } from '../s3-error.js';

/** How many bytes a policy lets a file have. */
export interface SizeRange {
  readonly min: number;
  readonly max: number;
}

/** Fields that a policy need not name. */
const UNCHECKED = new Set(['awsaccesskeyid', 'file', 'policy', 'signature', 'x-amz-signature']);

function refused(reason: string): AwsError {
  return s3Error.accessDenied(`Invalid according to Policy: ${reason}`);
}

function invalidPolicy(reason: string): AwsError {
  return new AwsError('InvalidPolicyDocument', `Invalid Policy: ${reason}`);
}

interface Policy {
  readonly expiration: string;
  readonly conditions: readonly unknown[];
}

function readPolicy(text: string): Policy {
  try {
    const policy: unknown = JSON.parse(Buffer.from(text, 'base64').toString());
    const { expiration, conditions } = Object(policy);
    if (typeof expiration === 'string' && Array.isArray(conditions)) return { expiration, conditions };
  } catch {
    // Text that is not JSON is refused like JSON of another form.
  }
  throw invalidPolicy('Invalid JSON.');
}

/** A condition as a list: `["eq", "$key", "value"]`; a structure of one member is one of `eq`. */
function asList(condition: unknown): readonly unknown[] {
  if (Array.isArray(condition)) return condition;
  const entries = Object.entries(Object(condition));
  const [entry] = entries;
  if (!entry || entries.length > 1) {
    throw invalidPolicy('Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.');
  }
  return ['eq', `$${entry[0]}`, entry[1]];
}

/** A list as S3's messages show it. */
function shown(condition: readonly unknown[]): string {
  return `[${condition.map((each) => JSON.stringify(String(each))).join(', ')}]`;
}

function failed(condition: readonly unknown[]): AwsError {
  return refused(`Policy Condition failed: ${shown(condition)}`);
}

/** The name of the field that a condition is about; S3 wants a `$` before it. */
function fieldOf(condition: readonly unknown[]): string {
  const [, name] = condition;
  if (typeof name !== 'string' || !name.startsWith('$')) throw failed(condition);
  return name.slice(1).toLowerCase();
}

function sizeRange(condition: readonly unknown[]): SizeRange {
  const [, min, max] = condition.map(Number);
  if (!Number.isInteger(min) || !Number.isInteger(max)) throw failed(condition);
  return { min: min ?? 0, max: max ?? 0 };
}

/**
 * Checks a form against its policy ("POST policy", S3 User Guide).
 *
 * @returns how large the file may be, where the policy says so
 * @throws AwsError AccessDenied, InvalidPolicyDocument
 */
export function checkPolicy(
  text: string,
  fields: ReadonlyMap<string, string>,
  bucket: string,
  now: number,
): SizeRange | undefined {
  const { expiration, conditions } = readPolicy(text);
  const end = Date.parse(expiration);
  if (Number.isNaN(end)) throw invalidPolicy(`Invalid 'expiration' value: '${expiration}'`);
  if (end < now) throw refused('Policy expired.');
  const fieldValue = (name: string): string => (name === 'bucket' ? bucket : (fields.get(name) ?? ''));
  const named = new Set<string>(['bucket']);
  let range: SizeRange | undefined;
  for (const each of conditions) {
    const condition = asList(each);
    const [kind, , value] = condition;
    switch (String(kind).toLowerCase()) {
      case 'eq': {
        const name = fieldOf(condition);
        named.add(name);
        if (fieldValue(name) !== String(value)) throw failed(condition);
        break;
      }
      case 'starts-with': {
        const name = fieldOf(condition);
        named.add(name);
        if (!fieldValue(name).startsWith(String(value))) throw failed(condition);
        break;
      }
      case 'content-length-range':
        range = sizeRange(condition);
        break;
      default:
        throw invalidPolicy(`Invalid Condition: unknown operation '${String(kind)}'`);
    }
  }
  const extra = [...fields.keys()].filter(
    (name) => !named.has(name) && !UNCHECKED.has(name) && !name.startsWith('x-ignore-'),
  );
  if (extra.length > 0) throw refused(`Extra input fields: ${extra.join(', ')}`);
  return range;
}
