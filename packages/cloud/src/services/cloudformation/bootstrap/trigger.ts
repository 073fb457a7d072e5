import type { Call, Scope } from '../../../core/operation.js';
import { QUALIFIER } from './template.js';

const ACCOUNT_AND_REGION = String.raw`(\d{12})-([a-z]{2}(?:-[a-z]+)+-\d)`;
const ROLE = new RegExp(`^arn:aws[a-z-]*:iam::\\d{12}:role/cdk-${QUALIFIER}-[a-z-]+-${ACCOUNT_AND_REGION}$`);
const BUCKET = new RegExp(`^cdk-${QUALIFIER}-assets-${ACCOUNT_AND_REGION}$`);
const PARAMETER = `/cdk-bootstrap/${QUALIFIER}/version`;

/** The stack that holds what CDK needs of an account and region. */
export const TOOLKIT_STACK = 'CDKToolkit';

/**
 * The account and region whose bootstrap stack a call is about to use: a role, the bucket, the version parameter or the
 * stack itself. Undefined for every other call.
 */
export function bootstrapScope(service: string, operation: string, input: unknown, call: Call): Scope | undefined {
  switch (service) {
    case 'sts':
      return operation === 'AssumeRole' ? scopeIn(ROLE, member(input, 'RoleArn')) : undefined;
    case 's3':
      return scopeIn(BUCKET, member(input, 'Bucket'));
    case 'ssm':
      return namesParameter(operation, input) ? { account: call.account, region: call.region } : undefined;
    case 'cloudformation':
      return operation === 'DescribeStacks' && member(input, 'StackName') === TOOLKIT_STACK
        ? { account: call.account, region: call.region }
        : undefined;
    default:
      return undefined;
  }
}

function namesParameter(operation: string, input: unknown): boolean {
  if (operation === 'GetParameter') return member(input, 'Name') === PARAMETER;
  if (operation !== 'GetParameters') return false;
  const names = member(input, 'Names');
  return Array.isArray(names) && names.includes(PARAMETER);
}

function scopeIn(pattern: RegExp, text: unknown): Scope | undefined {
  const [, account, region] = (typeof text === 'string' && pattern.exec(text)) || [];
  return account !== undefined && region !== undefined ? { account, region } : undefined;
}

function member(input: unknown, name: string): unknown {
  return typeof input === 'object' && input !== null ? (input as Readonly<Record<string, unknown>>)[name] : undefined;
}
