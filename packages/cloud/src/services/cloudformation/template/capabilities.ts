import { AwsError } from '../../../core/aws-error.js';
import { type JsonMap, own } from './json.js';
import { needsMacros, type Template } from './template.js';

/** Properties that give an IAM resource a name of the template's choosing. */
const IAM_NAMES: Readonly<Record<string, string | undefined>> = {
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': undefined,
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
};

/** The capability that a template needs to be acknowledged, if any. */
export function requiredCapability(template: Template): 'CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | undefined {
  const ofIam = Object.values(template.resources).filter(({ type }) => Object.hasOwn(IAM_NAMES, type));
  if (ofIam.length === 0) return undefined;
  const named = ofIam.some(({ type, properties }) => {
    const name = IAM_NAMES[type];
    return name !== undefined && own(properties, name) !== undefined;
  });
  return named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM';
}

/** Refuses a template with macros whose expansion nobody has acknowledged. @throws AwsError InsufficientCapabilitiesException */
export function refuseUnacknowledgedMacros(root: JsonMap, capabilities: readonly string[]): void {
  if (!needsMacros(root) || capabilities.includes('CAPABILITY_AUTO_EXPAND')) return;
  throw new AwsError('InsufficientCapabilitiesException', 'Requires capabilities : [CAPABILITY_AUTO_EXPAND]');
}

/** Refuses a template with IAM resources that nobody has acknowledged. @throws AwsError InsufficientCapabilitiesException */
export function checkCapabilities(template: Template, acknowledged: readonly string[]): void {
  const required = requiredCapability(template);
  if (required === undefined || acknowledged.includes(required) || acknowledged.includes('CAPABILITY_NAMED_IAM'))
    return;
  throw new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${required}]`);
}
