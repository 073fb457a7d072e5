import type { Tags } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { type Members, membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { type Principal, principalArn } from '../../../core/principal.js';
import { parsePolicy, type RoleRecord } from '../../../iam/index.js';
import type { StsState } from '../sts-state.js';

interface AssumeRoleInput {
  readonly roleArn: string;
  readonly sessionName: string;
  /** Seconds. */
  readonly duration: number | undefined;
  readonly externalId: string | undefined;
  readonly policy: string | undefined;
  readonly policyArns: readonly string[];
}

const NOT_SUPPORTED = ['Tags', 'TransitiveTagKeys', 'SerialNumber', 'TokenCode', 'SourceIdentity', 'ProvidedContexts'];
const DEFAULT_DURATION = 3600;
const CHAINED_MAXIMUM = 3600;

function invalid(value: string, member: string, constraint: string): AwsError {
  return new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

function parse(raw: unknown): AssumeRoleInput {
  const members = membersOf(raw);
  for (const name of NOT_SUPPORTED) {
    if (members.has(name) && members.raw(name) !== '') {
      throw new AwsError('ValidationError', `The local cloud does not support ${name} of AssumeRole`);
    }
  }
  const sessionName = members.neededText('RoleSessionName');
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    throw invalid(
      sessionName,
      'roleSessionName',
      'Member must satisfy regular expression pattern: [\\w+=,.@-]* and have length between 2 and 64',
    );
  }
  const duration = members.integer('DurationSeconds');
  if (duration !== undefined && duration < 900) {
    throw invalid(String(duration), 'durationSeconds', 'Member must have value greater than or equal to 900');
  }
  if (duration !== undefined && duration > 43_200) {
    throw invalid(String(duration), 'durationSeconds', 'Member must have value less than or equal to 43200');
  }
  return {
    roleArn: members.neededText('RoleArn'),
    sessionName,
    duration,
    externalId: members.text('ExternalId'),
    ...readSessionPolicies(members),
  };
}

/** Characters of a session policy, and how many managed ones a session has ("AssumeRole", STS API Reference). */
const LONGEST_POLICY = 2048;
const MOST_POLICIES = 10;

function readSessionPolicies(members: Members) {
  const policy = members.text('Policy');
  if (policy !== undefined && policy.length > LONGEST_POLICY) {
    throw invalid(policy, 'policy', `Member must have length less than or equal to ${LONGEST_POLICY}`);
  }
  const policyArns = members.structures('PolicyArns').map((one) => one.neededText('arn'));
  if (policyArns.length > MOST_POLICIES) {
    const listed = `[${policyArns.map((arn) => `PolicyDescriptorType(arn=${arn})`).join(', ')}]`;
    throw invalid(listed, 'policyArns', `Member must have length less than or equal to ${MOST_POLICIES}`);
  }
  // How AWS packs them is not on record; the plain text of both kinds together has one limit.
  const packed = Math.ceil((100 * ((policy?.length ?? 0) + policyArns.join('').length)) / LONGEST_POLICY);
  if (packed > 100) {
    throw new AwsError(
      'PackedPolicyTooLarge',
      `Packed policy consumes ${packed}% of allotted space, please use smaller policy.`,
    );
  }
  return { policy, policyArns };
}

/** The policies that limit the session, as text; each must be a policy. */
async function sessionPolicies({ policy, policyArns }: AssumeRoleInput, { identities }: StsState): Promise<string[]> {
  const texts: string[] = [];
  if (policy !== undefined) {
    parsePolicy(policy, 'identity');
    texts.push(policy);
  }
  for (const arn of policyArns) {
    const record = await identities.policy(arn);
    const version = record?.versions.find(({ id }) => id === record.defaultVersion);
    if (!version) throw new AwsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`, 404);
    texts.push(version.document);
  }
  return texts;
}

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

async function roleTags(arn: string, { identities }: StsState): Promise<Tags> {
  const role = await identities.roleByArn(arn);
  return Object.fromEntries((role?.tags ?? []).map(({ Key, Value }) => [Key, Value]));
}

export const assumeRole = operation<StsState>()({
  name: 'AssumeRole',
  parse,
  access: (row) => [
    row({
      action: 'sts:AssumeRole',
      type: 'role',
      on: ({ roleArn }, _call, { identities }) => ({
        resource: roleArn,
        resourcePolicy: async () => (await identities.roleByArn(roleArn))?.trustPolicy,
      }),
      keys: {
        'aws:ResourceTag/*': ({ input, state }) => roleTags(input.roleArn, state),
        'iam:ResourceTag/*': ({ input, state }) => roleTags(input.roleArn, state),
        'sts:ExternalId': ({ input }) => input.externalId,
        'sts:RoleSessionName': ({ input }) => input.sessionName,
      },
    }),
  ],
  handle: async (input, call, state) => {
    const { principal } = call;
    const role = await state.identities.roleByArn(input.roleArn);
    if (!role) throw notAuthorized(principal, input.roleArn);
    const duration = durationOf(input, role, principal);
    const policies = await sessionPolicies(input, state);
    const session = {
      kind: 'assumedRole' as const,
      account: role.arn.split(':')[4] ?? '',
      roleName: role.name,
      roleArn: role.arn,
      roleId: role.id,
      sessionName: input.sessionName,
      ...(call.sourceFunctionArn !== undefined && { sourceFunctionArn: call.sourceFunctionArn }),
      ...(policies.length > 0 && { sessionPolicies: policies }),
    };
    for (const text of policies) {
      state.reviewPolicy({ name: `the session policy for role ${role.name}`, text, kind: 'identity' });
    }
    const issued = await state.credentials.issue(session, duration);
    return {
      Credentials: {
        AccessKeyId: issued.accessKeyId,
        SecretAccessKey: issued.secretAccessKey,
        SessionToken: issued.sessionToken,
        Expiration: new Date(issued.expiration),
      },
      AssumedRoleUser: { AssumedRoleId: `${role.id}:${input.sessionName}`, Arn: principalArn(session) },
    };
  },
});
