import { type ConditionKeys, requestTags } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { defined } from '../../../core/defined.js';
import { type Principal, principalArn } from '../../../core/principal.js';
import type { RoleRecord } from '../../../iam/index.js';
import type { Input } from '../../../model/client-types.js';
import { credentialsOutput, type StsState, stsOperation } from '../service-state.js';
import { checkPackedSize, LONGEST_POLICY, MOST_POLICIES, policyTexts } from '../session-policies.js';
import { readSessionTags, withInheritedTags } from '../session-tags.js';

const NOT_SUPPORTED = ['SerialNumber', 'TokenCode', 'SourceIdentity', 'ProvidedContexts'] as const;
const DEFAULT_DURATION = 3600;
const CHAINED_MAXIMUM = 3600;
const ARN = /^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/;

function parse(input: Input<'sts', 'AssumeRole'>) {
  const refused = NOT_SUPPORTED.find((name) => input[name] !== undefined && input[name] !== '');
  if (refused) throw new AwsError('ValidationError', `The local cloud does not support ${refused} of AssumeRole`);
  if (!ARN.test(input.RoleArn)) throw new AwsError('ValidationError', `${input.RoleArn} is invalid`);
  const policies = { policy: input.Policy, policyArns: (input.PolicyArns ?? []).map(({ arn = '' }) => arn) };
  checkPackedSize(policies);
  return {
    roleArn: input.RoleArn,
    sessionName: input.RoleSessionName,
    /** Seconds. */
    duration: input.DurationSeconds,
    externalId: input.ExternalId,
    policies,
    sessionTags: readSessionTags(input.Tags, input.TransitiveTagKeys),
  };
}

type AssumeRoleInput = ReturnType<typeof parse>;

/** Like AWS, in the words of a denial: a caller who may not assume a role does not learn whether it exists. */
function notAuthorized(principal: Principal, roleArn: string): AwsError {
  const message = `User: ${principalArn(principal)} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
  return new AwsError('AccessDenied', message, 403);
}

function durationOf(input: AssumeRoleInput, role: RoleRecord, caller: Principal): number {
  const chained = caller.kind === 'assumedRole';
  const seconds = input.duration ?? DEFAULT_DURATION;
  if (chained && seconds > CHAINED_MAXIMUM) {
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  }
  if (seconds > role.maxSessionDuration) {
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  return seconds;
}

const roleTags = async ({ input, state }: { readonly input: AssumeRoleInput; readonly state: StsState }) => {
  const role = await state.identities.roleByArn(input.roleArn);
  return Object.fromEntries((role?.tags ?? []).map(({ Key, Value }) => [Key, Value]));
};

const tagKeys: ConditionKeys<StsState, AssumeRoleInput> = {
  ...requestTags(({ sessionTags }: AssumeRoleInput) => sessionTags.tags),
  'sts:TransitiveTagKeys': ({ input }) => input.sessionTags.transitiveKeys,
};

const target = ({ roleArn }: AssumeRoleInput, _call: unknown, { identities }: StsState) => ({
  resource: roleArn,
  resourcePolicy: async () => (await identities.roleByArn(roleArn))?.trustPolicy,
});

export const assumeRole = stsOperation({
  name: 'AssumeRole',
  limits: {
    RoleArn: { min: 20, max: 2048 },
    RoleSessionName: { min: 2, max: 64, pattern: /[\w+=,.@-]*/ },
    PolicyArns: { max: MOST_POLICIES },
    Policy: { max: LONGEST_POLICY },
    DurationSeconds: { min: 900, max: 43_200 },
    Tags: { max: 50, each: { members: { Key: { min: 1, max: 128 }, Value: { max: 256 } } } },
    TransitiveTagKeys: { max: 50 },
    ExternalId: { min: 2, max: 1224 },
  },
  parse,
  access: (row) => [
    row({
      action: 'sts:AssumeRole',
      type: 'role',
      on: target,
      keys: {
        ...tagKeys,
        'aws:ResourceTag/*': roleTags,
        'iam:ResourceTag/*': roleTags,
        'sts:ExternalId': ({ input }) => input.externalId,
        'sts:RoleSessionName': ({ input }) => input.sessionName,
      },
    }),
    row({
      action: 'sts:TagSession',
      type: 'role',
      on: (input, call, state) =>
        Object.keys(input.sessionTags.tags).length > 0 ? target(input, call, state) : undefined,
      keys: { ...tagKeys, 'aws:ResourceTag/*': roleTags, 'iam:ResourceTag/*': roleTags },
    }),
  ],
  handle: async (input, call, state) => {
    const { principal } = call;
    const role = await state.identities.roleByArn(input.roleArn);
    if (!role) throw notAuthorized(principal, input.roleArn);
    const duration = durationOf(input, role, principal);
    const sessionTags = withInheritedTags(input.sessionTags, principal);
    const policies = await policyTexts(input.policies, state);
    const session = {
      kind: 'assumedRole' as const,
      account: role.arn.split(':')[4] ?? '',
      roleName: role.name,
      roleArn: role.arn,
      roleId: role.id,
      sessionName: input.sessionName,
      ...defined({ sourceFunctionArn: call.sourceFunctionArn }),
      ...(policies.length > 0 && { sessionPolicies: policies }),
      ...(Object.keys(sessionTags.tags).length > 0 && { sessionTags }),
    };
    for (const text of policies) {
      state.reviewPolicy({ name: `the session policy for role ${role.name}`, text, kind: 'identity' });
    }
    return {
      Credentials: credentialsOutput(await state.credentials.issue(session, duration)),
      AssumedRoleUser: { AssumedRoleId: `${role.id}:${input.sessionName}`, Arn: principalArn(session) },
    };
  },
});
