import { AwsError } from '../../../core/aws-error.js';
import { defined } from '../../../core/defined.js';
import type { Scope } from '../../../core/operation.js';
import { invalidParameter, notFound } from '../lambda-error.js';

/** A function as a caller names it, wherever it is. */
export interface FunctionReference extends Scope {
  readonly name: string;
  /** A version number, `$LATEST` or an alias. */
  readonly qualifier?: string | undefined;
}

const PREFIX =
  '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?';
/** AWS's patterns for names, names of new functions and qualifiers. */
const PATTERN = `${PREFIX}([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?`;
const NEW_PATTERN = `${PREFIX}([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?`;
const QUALIFIER_PATTERN = '\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+';
const LONGEST = 256;
const LONGEST_NEW = 140;
const LONGEST_NEW_NAME = 64;
const LONGEST_QUALIFIER = 128;

/** The same, to find the parts of a name by. */
const NAME = new RegExp(
  '^(?:arn:(?:aws[a-zA-Z-]*)?:lambda:)?(?:(?<region>(?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\\d):)?(?:(?<account>\\d{12}):)?' +
    '(?:function:)?(?<name>[a-zA-Z0-9-_.]+)(?::(?<qualifier>\\$LATEST(?:\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?$',
);
const QUALIFIER = /^[a-zA-Z0-9-_$]+$|^\$LATEST\.PUBLISHED$/;

/**
 * A name, a partial ARN or an ARN, each with a qualifier or without.
 * @throws AwsError ValidationException, and InvalidParameterValueException where there are two qualifiers
 */
export function parseFunctionName(text: string, qualifier: string | undefined, scope: Scope): FunctionReference {
  const groups = NAME.exec(text)?.groups;
  const complaints: string[] = [];
  if (qualifier !== undefined && qualifier.length > LONGEST_QUALIFIER) {
    complaints.push(complaint('qualifier', qualifier, lengthAtMost(LONGEST_QUALIFIER)));
  }
  if (qualifier !== undefined && !QUALIFIER.test(qualifier)) {
    complaints.push(complaint('qualifier', qualifier, like(QUALIFIER_PATTERN)));
  }
  if (text.length > LONGEST) complaints.push(complaint('functionName', text, lengthAtMost(LONGEST)));
  if (groups === undefined) complaints.push(complaint('functionName', text, like(PATTERN)));
  if (groups?.name === undefined || complaints.length > 0) throw validationError(complaints);
  const { name, region = scope.region, account = scope.account, qualifier: inName } = groups;
  if (inName !== undefined && qualifier !== undefined && inName !== qualifier) {
    throw invalidParameter('The derived qualifier from the function name does not match the specified qualifier.');
  }
  const wanted = qualifier ?? inName;
  return { account, region, name, ...defined({ qualifier: wanted }) };
}

/**
 * The same, of a function in the region that is called.
 * @throws AwsError ResourceNotFoundException too
 */
export function parseReachableName(text: string, qualifier: string | undefined, scope: Scope): FunctionReference {
  const reference = parseFunctionName(text, qualifier, scope);
  if (reference.region === scope.region) return reference;
  throw notFound(`Functions from '${reference.region}' are not reachable in this region ('${scope.region}')`);
}

/**
 * The name of a function that is to be made, which its ARN in the caller's own account and region may be given for.
 * @throws AwsError
 */
export function parseNewFunctionName(text: string, scope: Scope): FunctionReference {
  const groups = NAME.exec(text)?.groups;
  const complaints: string[] = [];
  if (text.length > LONGEST_NEW) complaints.push(complaint('functionName', text, lengthAtMost(LONGEST_NEW)));
  const fits = groups?.name !== undefined && !/\./.test(text);
  if (!fits) complaints.push(complaint('functionName', text, like(NEW_PATTERN)));
  if (!fits || complaints.length > 0) throw validationError(complaints);
  const reference = parseUnqualifiedName(text, scope);
  const { name, account } = reference;
  if (name.length > LONGEST_NEW_NAME) {
    throw invalidParameter(one(complaint('functionName', name, lengthAtMost(LONGEST_NEW_NAME))));
  }
  if (account !== scope.account) throw new AwsError('AccessDeniedException', '', 403);
  return reference;
}

/**
 * The function that an operation on functions alone is about.
 * @throws AwsError InvalidParameterValueException for a version or an alias of one
 */
export function parseUnqualifiedName(text: string, scope: Scope): FunctionReference {
  const reference = parseReachableName(text, undefined, scope);
  if (reference.qualifier === undefined) return reference;
  throw invalidParameter(
    'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. ' +
      'Please specify either a function name or an unqualified function ARN.',
  );
}

/** The same, for operations that change what `$LATEST` is, and may say so. */
export function parseLatestName(text: string, scope: Scope): FunctionReference {
  const { qualifier, ...reference } = parseReachableName(text, undefined, scope);
  return qualifier === '$LATEST' ? reference : parseUnqualifiedName(text, scope);
}

const lengthAtMost = (longest: number): string => `Member must have length less than or equal to ${longest}`;
const like = (pattern: string): string => `Member must satisfy regular expression pattern: ${pattern}`;
const complaint = (member: string, value: string, constraint: string): string =>
  `Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`;
const one = (text: string): string => `1 validation error detected: ${text}`;

function validationError(complaints: readonly string[]): AwsError {
  const [only = ''] = complaints;
  const message =
    complaints.length === 1 ? one(only) : `${complaints.length} validation errors detected: ${complaints.join('; ')}`;
  return new AwsError('ValidationException', message, 400);
}

/** The ARN of a function, with its qualifier if it has one. */
export function functionArn({ region, account, name, qualifier }: FunctionReference): string {
  const arn = `arn:aws:lambda:${region}:${account}:function:${name}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}
