import type { Asked } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { InputReader } from '../../../core/input-reader.js';
import { randomId } from '../../../core/random-id.js';
import { type FunctionReference, functionArn, parseFunctionName } from '../function-name.js';
import type { FunctionRecord, PolicyStatement } from '../function-record.js';
import { invalidParameter } from '../invalid-parameter.js';
import { policyDocument } from '../resource-policy.js';
import { checkRevision } from '../revision.js';
import { type FunctionTarget, functionAccess, type LambdaState, lambdaOperation } from '../service-state.js';
import { resolveVersion } from '../versions.js';
import { readReference } from './get-function.js';

const STATEMENT_ID = { pattern: /^[a-zA-Z0-9-_]+$/, max: 100 };

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, 404, { Type: 'User' });
}

/** Throws where the version or alias of a policy is not there. */
function checkQualifier(record: FunctionRecord, reference: FunctionReference): void {
  if (reference.qualifier === '$LATEST') {
    throw invalidParameter('We currently do not support adding policies for $LATEST.');
  }
  resolveVersion(record, reference);
}

function principalOf(principal: string): PolicyStatement['Principal'] {
  if (principal === '*') return '*';
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  if (principal.startsWith('arn:')) return { AWS: principal };
  if (!/^[a-z0-9.-]+\.(amazonaws\.com(\.cn)?|aws\.internal)$/i.test(principal)) {
    throw invalidParameter('The provided principal was invalid. Please check the principal and try again.');
  }
  return { Service: principal };
}

export const addPermission = lambdaOperation({
  name: 'AddPermission',
  http: {
    method: 'POST',
    path: '/2015-03-31/functions/{FunctionName}/policy',
    query: { Qualifier: 'Qualifier' },
    status: 201,
  },
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = {
      functionName: input.requiredText('FunctionName'),
      qualifier: input.text('Qualifier'),
      statementId: input.requiredText('StatementId', STATEMENT_ID),
      action: input.requiredText('Action', { pattern: /^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/ }),
      principal: input.requiredText('Principal', { pattern: /^[^\s]+$/ }),
      sourceArn: input.text('SourceArn', { pattern: /^arn:[^\s]+$/ }),
      sourceAccount: input.text('SourceAccount', { pattern: /^\d{12}$/ }),
      organization: input.text('PrincipalOrgID', { pattern: /^o-[a-z0-9]{10,32}$/ }),
      urlAuthType: input.text('FunctionUrlAuthType', { oneOf: ['NONE', 'AWS_IAM'] }),
      viaUrl: input.flag('InvokedViaFunctionUrl'),
      token: input.text('EventSourceToken'),
      revisionId: input.text('RevisionId'),
    };
    input.check();
    return parsed;
  },
  access: (row) => [
    functionAccess(row, 'AddPermission', {
      'lambda:FunctionUrlAuthType': ({ input }) => input.urlAuthType,
      'lambda:Principal': ({ input }) => input.principal,
    }),
  ],
  handle: async (input, call, { context, functions }) => {
    const reference = parseFunctionName(input.functionName, input.qualifier, call);
    const key = reference.qualifier ?? '';
    const equals = {
      ...(input.sourceAccount !== undefined && { 'AWS:SourceAccount': input.sourceAccount }),
      ...(input.organization !== undefined && { 'aws:PrincipalOrgID': input.organization }),
      ...(input.urlAuthType !== undefined && { 'lambda:FunctionUrlAuthType': input.urlAuthType }),
      ...(input.token !== undefined && { 'lambda:EventSourceToken': input.token }),
    };
    const condition = {
      ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
      ...(input.viaUrl !== undefined && { Bool: { 'lambda:InvokedViaFunctionUrl': String(input.viaUrl) } }),
      ...(input.sourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': input.sourceArn } }),
    };
    const statement: PolicyStatement = {
      Sid: input.statementId,
      Effect: 'Allow',
      Principal: principalOf(input.principal),
      Action: input.action,
      Resource: functionArn(reference),
      ...(Object.keys(condition).length > 0 && { Condition: condition }),
    };
    await functions.change(reference, (record) => {
      checkQualifier(record, reference);
      const policy = record.policies[key];
      if (policy) checkRevision(input.revisionId, policy.revisionId, 'GetPolicy');
      if (policy?.statements.some(({ Sid }) => Sid === input.statementId)) {
        throw new AwsError(
          'ResourceConflictException',
          `The statement id (${input.statementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
          409,
          { Type: 'User' },
        );
      }
      const statements = [...(policy?.statements ?? []), statement];
      const size = Buffer.byteLength(policyDocument(statements));
      if (size > 20_480) {
        throw new AwsError(
          'PolicyLengthExceededException',
          `The final policy size (${size}) is bigger than the limit (20480).`,
          400,
          { Type: 'User' },
        );
      }
      return { ...record, policies: { ...record.policies, [key]: { statements, revisionId: randomId.uuid() } } };
    });
    const name = `the policy of ${statement.Resource}`;
    context.reviewPolicy({ name, text: policyDocument([statement]), kind: 'resource' });
    return { Statement: JSON.stringify(statement) };
  },
});

interface Removal {
  readonly statementId: string;
}

async function removedStatement({ input, target, state }: Asked<LambdaState, Removal, FunctionTarget>) {
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
  http: {
    method: 'DELETE',
    path: '/2015-03-31/functions/{FunctionName}/policy/{StatementId}',
    query: { Qualifier: 'Qualifier', RevisionId: 'RevisionId' },
    status: 204,
  },
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = {
      functionName: input.requiredText('FunctionName'),
      qualifier: input.text('Qualifier'),
      statementId: input.requiredText('StatementId', STATEMENT_ID),
      revisionId: input.text('RevisionId'),
    };
    input.check();
    return parsed;
  },
  access: (row) => [
    functionAccess(row, 'RemovePermission', {
      'lambda:FunctionUrlAuthType': async (asked) =>
        (await removedStatement(asked))?.Condition?.StringEquals?.['lambda:FunctionUrlAuthType'],
      'lambda:Principal': async (asked) => principalText(await removedStatement(asked)),
    }),
  ],
  handle: async ({ functionName, qualifier, statementId, revisionId }, call, { functions }) => {
    const reference = parseFunctionName(functionName, qualifier, call);
    const key = reference.qualifier ?? '';
    await functions.change(reference, (record) => {
      const policy = record.policies[key];
      if (policy === undefined) throw notFound('No policy is associated with the given resource.');
      checkRevision(revisionId, policy.revisionId, 'GetPolicy');
      const statements = policy.statements.filter(({ Sid }) => Sid !== statementId);
      if (statements.length === policy.statements.length) {
        throw notFound(`Statement ${statementId} is not found in resource policy.`);
      }
      const { [key]: _, ...others } = record.policies;
      const left = statements.length === 0 ? {} : { [key]: { statements, revisionId: randomId.uuid() } };
      return { ...record, policies: { ...others, ...left } };
    });
  },
});

export const getPolicy = lambdaOperation({
  name: 'GetPolicy',
  http: { method: 'GET', path: '/2015-03-31/functions/{FunctionName}/policy', query: { Qualifier: 'Qualifier' } },
  parse: readReference,
  access: (row) => [functionAccess(row, 'GetPolicy')],
  handle: async ({ functionName, qualifier }, call, { functions }) => {
    const reference = parseFunctionName(functionName, qualifier, call);
    const policy = (await functions.get(reference)).policies[reference.qualifier ?? ''];
    if (policy === undefined) throw notFound('The resource you requested does not exist.');
    return { Policy: policyDocument(policy.statements), RevisionId: policy.revisionId };
  },
});
