import { AwsError } from '../../../core/aws-error.js';
import { RESERVED_NAME, reservedName, tooDeep, validationError } from '../engine/errors.js';
import { validations } from './dynalite.js';
import { parseTableArn } from './table-names.js';

/** Types and constraints of the members of an input, as dynalite spells them. */
export type InputTypes = Readonly<Record<string, object | string>>;

/** The input of an operation: its members, and a check that the members' own constraints cannot express. */
export interface InputRules {
  readonly types: InputTypes;
  /** Gives AWS's sentence where the input is wrong. */
  readonly custom?: ((data: never, store: never) => unknown) | undefined;
}

/** 400 KB: what dynalite's checks look at; the bytes are counted again by our own measure. */
export const MAX_ITEM_SIZE = 409_600;

const STORE = { options: { maxItemSize: MAX_ITEM_SIZE } };

/** Far more than 32 levels of attributes take: what is deeper is refused before anything recurses into it. */
const MAX_DEPTH = 100;

/** True if an attribute of that name appears anywhere in an input. */
function holdsReservedName(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth > MAX_DEPTH) throw tooDeep();
  if (Array.isArray(value)) return value.some((element) => holdsReservedName(element, depth + 1));
  for (const name of Object.keys(value)) {
    if (name === RESERVED_NAME) return true;
    const member: unknown = (value as Record<string, unknown>)[name];
    if (typeof member === 'object' && holdsReservedName(member, depth + 1)) return true;
    if (name.startsWith('#') && member === RESERVED_NAME) return true;
  }
  return false;
}

const MAX_EXPRESSION_BYTES = 4096;

function refuseLongExpressions(raw: object): void {
  for (const [name, value] of Object.entries(raw)) {
    if (!name.endsWith('Expression') || typeof value !== 'string') continue;
    const bytes = Buffer.byteLength(value);
    if (bytes > MAX_EXPRESSION_BYTES) {
      throw validationError(
        `Invalid ${name}: Expression size has exceeded the maximum allowed size; expression size: ${bytes}`,
      );
    }
  }
}

interface DynaliteError {
  readonly statusCode: number;
  readonly body: { readonly __type: string; readonly message?: string; readonly Message?: string };
}

function isDynaliteError(error: unknown): error is DynaliteError {
  return typeof error === 'object' && error !== null && 'statusCode' in error && 'body' in error;
}

/** DynamoDB says nothing else of a request whose table's name is empty. */
const EMPTY_NAME =
  "1 validation error detected: Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1";

/** Tables may be named by ARN; the rest of the cloud takes their names. */
function withTableName(raw: Record<string, unknown>): Record<string, unknown> {
  const name = raw.TableName;
  if (typeof name !== 'string') return raw;
  if (name === '') throw validationError(EMPTY_NAME);
  const arn = parseTableArn(name);
  return arn ? { ...raw, TableName: arn.name, _tableScope: `${arn.account}/${arn.region}` } : raw;
}

/**
 * Checks a raw input as DynamoDB does and gives it typed: members coerced, unknown ones left out, expressions parsed into
 * `_condition`, `_filter`, `_keyCondition`, `_projection` and `_updates`.
 * Throws SerializationException or ValidationException in AWS's words.
 */
export function parseInput<T>(raw: unknown, { types, custom }: InputRules): T {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw new AwsError('SerializationException', 'Start of structure or map found where not expected');
  }
  if (holdsReservedName(raw)) throw reservedName();
  refuseLongExpressions(raw);
  const named = withTableName({ ...raw });
  try {
    const data = validations.checkTypes(named, { ...types, _tableScope: 'String' });
    validations.checkValidations(data, types, custom, STORE);
    return data as T;
  } catch (error) {
    if (!isDynaliteError(error)) throw error;
    const { __type, message, Message } = error.body;
    throw new AwsError(__type.slice(__type.indexOf('#') + 1), message ?? Message ?? '', error.statusCode);
  }
}

/** The input of every operation on one table. `_tableScope` is `account/region` if the ARN names the table. */
export interface TableInput {
  readonly TableName: string;
  readonly _tableScope?: string;
}

export const returnValuesOnConditionCheckFailure = {
  ReturnValuesOnConditionCheckFailure: { type: 'String', enum: ['ALL_OLD', 'NONE'] },
};

/** Checks a part of an input by the rules of its operation, and parses its expressions. */
export function checkCustom(part: object | undefined, { custom }: InputRules): void {
  const message = part && custom?.(part as never, STORE as never);
  if (typeof message === 'string') throw validationError(message);
}
