import { AwsError } from '../../core/aws-error.js';
import type { Scope } from '../../core/operation.js';
import { invalid } from './ssm-error.js';

/** The ARN of a parameter: its name without a leading slash follows `parameter/`. */
export function parameterArn({ account, region }: Scope, name: string): string {
  return `arn:aws:ssm:${region}:${account}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
}

/** How a read names a parameter: by its name or ARN, with `:version` or `:label` behind it. */
export interface ParameterSelector {
  /** As the caller wrote it. */
  readonly text: string;
  readonly name: string;
  readonly selector: string | undefined;
  readonly byArn: boolean;
}

const ARN = /^arn:aws[^:]*:ssm:(?<region>[^:]*):(?<account>[^:]*):parameter(?<path>\/[^:]+)(?::(?<selector>.+))?$/;

/** @throws AwsError ValidationException */
export function parseSelector(text: string, scope: Scope): ParameterSelector {
  const arn = ARN.exec(text)?.groups;
  if (arn) {
    const { region, account, path = '', selector } = arn;
    if (account !== scope.account || region !== scope.region) {
      throw invalid(`The local cloud reads no parameters across accounts or regions: ${text}`);
    }
    // The ARN of `a` and of `/a` are the same; only names of one level may go without the slash.
    return { text, name: path.indexOf('/', 1) === -1 ? path.slice(1) : path, selector, byArn: true };
  }
  const colon = text.indexOf(':');
  const name = colon === -1 ? text : text.slice(0, colon);
  if (name.includes('//') || name.indexOf('/') > 0) throw invalidName();
  return { text, name, selector: colon === -1 ? undefined : text.slice(colon + 1), byArn: false };
}

/** "The maximum length for a parameter name that you create is 1011 characters", its ARN before it included. */
const LONGEST_ARN = 1011;

/** @throws AwsError where a name is too long for a parameter of this account and region */
export function checkNameLength(name: string, scope: Scope): void {
  if (parameterArn(scope, name).length > LONGEST_ARN) {
    throw invalid(`Parameter name: the ARN of a parameter has at most ${LONGEST_ARN} characters, its name included`);
  }
}

const invalidName = (): AwsError =>
  invalid(
    'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
  );

/** @throws AwsError where a name can not be a parameter's */
export function checkName(name: string): void {
  if (/\/(?:\/|$)/.test(name) || !/^[a-zA-Z0-9_.\-/]+$/.test(name)) throw invalidName();
  if (/^\/?aws/i.test(name)) {
    throw new AwsError('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
  }
  if (/^\/?ssm/i.test(name)) throw invalidName();
  if (name.includes('/') && !name.startsWith('/')) throw invalid('Parameter name must be a fully qualified name.');
  if (name.split('/').length - 1 > 15) {
    throw new AwsError(
      'HierarchyLevelLimitExceededException',
      `Parameter name ${name} has more than the 15 levels that a hierarchy may have`,
    );
  }
}
