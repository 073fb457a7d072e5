import type { Asked } from '../../../core/access.js';
import type { Input } from '../../../model/client-types.js';
import { type FunctionReference, functionArn } from '../functions/function-name.js';
import type { FunctionRecord } from '../functions/function-record.js';
import { checkRevision } from '../functions/revision.js';
import { qualifiedNotFound, resolveVersion } from '../functions/versions.js';
import { invalidParameter, notFound } from '../lambda-error.js';
import {
  accountPrincipal,
  noPolicy,
  type PolicyStatement,
  policyDocument,
  withoutStatement,
  withStatement,
} from '../policies/policy-record.js';
import { type FunctionTarget, functionAccess, type LambdaState, lambdaOperation } from '../service-state.js';
import { parseQualified } from './get-function.js';

const STATEMENT_ID = { max: 100, pattern: /([a-zA-Z0-9-_]+)/ };

/** The revision of the version or alias that a policy is for. Throws where it is not there. */
function revisionOf(record: FunctionRecord, reference: FunctionReference): string {
  const alias = record.aliases.find(({ name }) => name === reference.qualifier);
  return (alias ?? resolveVersion(record, reference, { missing: qualifiedNotFound })).revisionId;
}

function principalOf(principal: string): PolicyStatement['Principal'] {
  if (principal === '*') return '*';
  if (/^\d{12}$/.test(principal)) return accountPrincipal(principal);
  if (principal.startsWith('arn:')) return { AWS: principal };
  if (!/^[a-z0-9.-]+\.(amazonaws\.com(\.cn)?|aws\.internal)$/i.test(principal)) {
    throw invalidParameter('The provided principal was invalid. Please check the principal and try again.');
  }
  return { Service: principal };
}

type Permission = Input<'lambda', 'AddPermission'>;

function statementOf(permission: Omit<Permission, 'FunctionName'>, reference: FunctionReference): PolicyStatement {
  const { SourceAccount, PrincipalOrgID, FunctionUrlAuthType, EventSourceToken, InvokedViaFunctionUrl, SourceArn } =
    permission;
  const equals = {
    ...(SourceAccount !== undefined && { 'AWS:SourceAccount': SourceAccount }),
    ...(PrincipalOrgID !== undefined && { 'aws:PrincipalOrgID': PrincipalOrgID }),
    ...(FunctionUrlAuthType !== undefined && { 'lambda:FunctionUrlAuthType': FunctionUrlAuthType }),
    ...(EventSourceToken !== undefined && { 'lambda:EventSourceToken': EventSourceToken }),
  };
  const condition = {
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(InvokedViaFunctionUrl !== undefined && {
      Bool: { 'lambda:InvokedViaFunctionUrl': String(InvokedViaFunctionUrl) },
    }),
    ...(SourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
  };
  return {
    Sid: permission.StatementId,
    Effect: 'Allow',
    Principal: principalOf(permission.Principal),
    Action: permission.Action,
    Resource: functionArn(reference),
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
}

export const addPermission = lambdaOperation({
  name: 'AddPermission',
  limits: {
    StatementId: STATEMENT_ID,
    Action: { pattern: /(lambda:[*]|lambda:[a-zA-Z]+|[*])/ },
    Principal: { pattern: /[^\s]+/ },
    SourceArn: { pattern: /arn:[^\s]+/ },
    SourceAccount: { pattern: /\d{12}/ },
    PrincipalOrgID: { pattern: /o-[a-z0-9]{10,32}/ },
    FunctionUrlAuthType: { values: ['NONE', 'AWS_IAM'] },
  },
  parse: (input, scope) => ({ ...parseQualified(input, scope), ...input }),
  access: (row) => [
    functionAccess(row, 'AddPermission', {
      'lambda:FunctionUrlAuthType': ({ input }) => input.FunctionUrlAuthType,
      'lambda:Principal': ({ input }) => input.Principal,
    }),
  ],
  handle: async ({ reference, ...input }, _call, { context, functions }) => {
    const key = reference.qualifier ?? '';
    const statement = statementOf(input, reference);
    await functions.change(reference, (record) => {
      if (reference.qualifier === '$LATEST') {
        throw invalidParameter('We currently do not support adding policies for $LATEST.');
      }
      const policy = record.policies[key];
      const revision = revisionOf(record, reference);
      checkRevision(input.RevisionId, policy?.revisionId ?? revision, 'GetPolicy');
      return { ...record, policies: { ...record.policies, [key]: withStatement(policy, statement) } };
    });
    const name = `the policy of ${statement.Resource}`;
    context.reviewPolicy({ name, text: policyDocument([statement]), kind: 'resource' });
    return { Statement: JSON.stringify(statement) };
  },
});

async function removedStatement({
  input,
  target,
  state,
}: Asked<LambdaState, { readonly statementId: string }, FunctionTarget>) {
  const record = await state.functions.find(target.reference);
  const policy = record?.policies[target.reference.qualifier ?? ''];
  return policy?.statements.find(({ Sid }) => Sid === input.statementId);
}

/** The principal as AddPermission was given it. */
function principalText(statement: PolicyStatement | undefined): string | undefined {
  const principal = statement?.Principal;
  if (principal === undefined || typeof principal === 'string') return principal;
  const value = principal.Service ?? principal.AWS;
  return value && (/^arn:aws:iam::(\d{12}):root$/.exec(value)?.[1] ?? value);
}

export const removePermission = lambdaOperation({
  name: 'RemovePermission',
  limits: { StatementId: STATEMENT_ID },
  parse: ({ StatementId, RevisionId, ...input }, scope) => ({
    ...parseQualified(input, scope),
    statementId: StatementId,
    revisionId: RevisionId,
  }),
  access: (row) => [
    functionAccess(row, 'RemovePermission', {
      'lambda:FunctionUrlAuthType': async (asked) =>
        (await removedStatement(asked))?.Condition?.StringEquals?.['lambda:FunctionUrlAuthType'],
      'lambda:Principal': async (asked) => principalText(await removedStatement(asked)),
    }),
  ],
  handle: async ({ reference, statementId, revisionId }, _call, { functions }) => {
    const key = reference.qualifier ?? '';
    if ((await functions.find(reference)) === undefined) {
      throw notFound(`No policy found for: ${functionArn(reference)}`);
    }
    await functions.change(reference, (record) => {
      revisionOf(record, reference);
      const policy = record.policies[key];
      if (policy === undefined) throw noPolicy();
      checkRevision(revisionId, policy.revisionId, 'GetPolicy');
      const { [key]: _, ...others } = record.policies;
      const left = withoutStatement(policy, statementId);
      return { ...record, policies: { ...others, ...(left && { [key]: left }) } };
    });
  },
});

export const getPolicy = lambdaOperation({
  name: 'GetPolicy',
  parse: parseQualified,
  access: (row) => [functionAccess(row, 'GetPolicy')],
  handle: async ({ reference }, _call, { functions }) => {
    const policy = (await functions.find(reference))?.policies[reference.qualifier ?? ''];
    if (policy === undefined) throw notFound();
    return { Policy: policyDocument(policy.statements), RevisionId: policy.revisionId };
  },
});
