import { AwsError } from '../../core/aws-error.js';
import type { Scope } from '../../core/operation.js';

/** A function as a caller names it, wherever it is. */
export interface FunctionReference extends Scope {
  readonly name: string;
  /** A version number, `$LATEST` or an alias. */
  readonly qualifier?: string;
}

const PATTERN =
  '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:((?!\\d+)|[0-9a-zA-Z-_]+|\\$LATEST))?';
const NAME =
  /^(?:arn:aws[a-zA-Z-]*:lambda:(?<region>[a-z0-9-]+):(?<account>\d{12}):function:|(?<partial>\d{12}):(?:function:)?|function:)?(?<name>[a-zA-Z0-9-_]+)(?::(?<qualifier>\$LATEST|[a-zA-Z0-9-_]+))?$/;

/** A name, a partial ARN or an ARN, each with a qualifier or without. Throws a ValidationException. */
export function parseFunctionName(text: string, qualifier: string | undefined, scope: Scope): FunctionReference {
  const groups = text.length <= 170 ? NAME.exec(text)?.groups : undefined;
  const name = groups?.name;
  if (name === undefined || (name.length > 64 && !text.startsWith('arn:'))) {
    const constraint =
      name === undefined
        ? `Member must satisfy regular expression pattern: ${PATTERN}`
        : 'Member must have length less than or equal to 64';
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${text}' at 'functionName' failed to satisfy constraint: ${constraint}`,
      400,
    );
  }
  const inName = groups?.qualifier;
  if (inName !== undefined && qualifier !== undefined && inName !== qualifier) {
    throw new AwsError(
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
      400,
      { Type: 'User' },
    );
  }
  const wanted = qualifier ?? inName;
  return {
    account: groups?.account ?? groups?.partial ?? scope.account,
    region: groups?.region ?? scope.region,
    name,
    ...(wanted !== undefined && { qualifier: wanted }),
  };
}

/** The ARN of a function, with its qualifier if it has one. */
export function functionArn({ region, account, name, qualifier }: FunctionReference): string {
  const arn = `arn:aws:lambda:${region}:${account}:function:${name}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}
