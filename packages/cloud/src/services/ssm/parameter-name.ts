import { AwsError } from '../../core/aws-error.js';
import type { Scope } from '../../core/operation.js';

/** The ARN of a parameter: its name without a leading slash follows `parameter/`. */
export function parameterArn({ account, region }: Scope, name: string): string {
  return `arn:aws:ssm:${region}:${account}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
}

/** The name in a read: a name or an ARN, with `:version` or `:label` appended. */
export interface ParameterSelector {
  readonly name: string;
  readonly selector: string | undefined;
}

export function parseSelector(text: string, scope: Scope): ParameterSelector {
  const arn = /^arn:aws[^:]*:ssm:([^:]*):([^:]*):parameter(\/[^:]+)(?::(.+))?$/.exec(text);
  if (arn) {
    const [, region, account, path = '', selector] = arn;
    if (account !== scope.account || region !== scope.region) {
      throw new AwsError(
        'ValidationException',
        `The local cloud reads no parameters across accounts or regions: ${text}`,
      );
    }
    // The ARN of `a` and of `/a` are the same; only names of one level may go without the slash.
    return { name: path.indexOf('/', 1) === -1 ? path.slice(1) : path, selector };
  }
  const colon = text.indexOf(':');
  return colon === -1
    ? { name: text, selector: undefined }
    : { name: text.slice(0, colon), selector: text.slice(colon + 1) };
}

/** @throws AwsError where a name can not be a parameter's */
export function checkName(name: string): void {
  if (!/^[a-zA-Z0-9_.\-/]+$/.test(name)) {
    throw new AwsError(
      'ValidationException',
      'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
    );
  }
  if (/^\/?(aws|ssm)/i.test(name)) {
    const reserved = /^\/?aws/i.test(name);
    throw reserved
      ? new AwsError('AccessDeniedException', `No access to reserved parameter name: ${name}.`)
      : new AwsError(
          'ValidationException',
          'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
        );
  }
  if (name.includes('/') && !name.startsWith('/')) {
    throw new AwsError('ValidationException', 'Parameter name must be a fully qualified name.');
  }
  if (name.split('/').length - 1 > 15) {
    throw new AwsError(
      'HierarchyLevelLimitExceededException',
      `Parameter name ${name} has more than the 15 levels that a hierarchy may have`,
    );
  }
}
