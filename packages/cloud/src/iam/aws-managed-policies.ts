import { AwsError } from '../core/aws-error.js';
import { type ManagedPolicy, POLICIES } from './aws-managed-policy-data.js';
import type { PolicyRecord } from './identity-record.js';

/** Policies of AWS that people know by name and that are too wide for this cloud to have honestly. */
const NOT_HERE = new Set([
  'PowerUserAccess',
  'SecurityAudit',
  'job-function/ViewOnlyAccess',
  'job-function/SystemAdministrator',
]);

function recordOf({ name, id, version, updated, actions, others = [] }: ManagedPolicy): PolicyRecord {
  const time = Date.parse(updated);
  const slash = name.lastIndexOf('/') + 1;
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions.length === 1 ? actions[0] : actions, Resource: '*' }, ...others],
  });
  return {
    name: name.slice(slash),
    path: `/${name.slice(0, slash)}`,
    id,
    arn: `arn:aws:iam::aws:policy/${name}`,
    description: undefined,
    created: time,
    updated: time,
    versions: [{ id: `v${version}`, document, created: time }],
    defaultVersion: `v${version}`,
    lastVersion: version,
    tags: [],
  };
}

const byArn: ReadonlyMap<string, PolicyRecord> = new Map(
  POLICIES.map((policy) => {
    const record = recordOf(policy);
    return [record.arn, record];
  }),
);

export const AWS_MANAGED_POLICIES = {
  /** @throws AwsError NotImplemented for a policy of AWS that this cloud does not have */
  get: (arn: string): PolicyRecord | undefined => {
    const name = arn.replace(/^arn:aws[a-z-]*:iam::aws:policy\//, '');
    if (NOT_HERE.has(name)) {
      throw new AwsError(
        'NotImplemented',
        `the local cloud does not have AWS's managed policy ${name}; write out the actions that are needed`,
        501,
      );
    }
    return byArn.get(arn);
  },
  values: (): Iterable<PolicyRecord> => byArn.values(),
};
