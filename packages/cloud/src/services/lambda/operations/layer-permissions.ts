import type { Scope } from '../../../core/operation.js';
import type { Input } from '../../../model/client-types.js';
import { checkRevision } from '../functions/revision.js';
import { type LayerName, layerVersionArn } from '../layers/layer-record.js';
import {
  accountPrincipal,
  noPolicy,
  type PolicyStatement,
  policyDocument,
  withoutStatement,
  withStatement,
} from '../policies/policy-record.js';
import { lambdaOperation } from '../service-state.js';
import { parseLayerVersion, versionAccess } from './layers.js';

type Permission = Input<'lambda', 'AddLayerVersionPermission'>;

const STATEMENT_ID = { min: 1, max: 100, pattern: /([a-zA-Z0-9-_]+)/ };

function statementOf(
  { StatementId, Action, Principal, OrganizationId }: Permission,
  layer: LayerName,
): PolicyStatement {
  return {
    Sid: StatementId,
    Effect: 'Allow',
    Principal: /^\d{12}$/.test(Principal) ? accountPrincipal(Principal) : Principal === '*' ? '*' : { AWS: Principal },
    Action,
    Resource: layerVersionArn(layer),
    ...(OrganizationId !== undefined && { Condition: { StringEquals: { 'aws:PrincipalOrgID': OrganizationId } } }),
  };
}

export const addLayerVersionPermission = lambdaOperation({
  name: 'AddLayerVersionPermission',
  limits: {
    StatementId: STATEMENT_ID,
    Action: { max: 22, pattern: /lambda:GetLayerVersion/ },
    Principal: { pattern: /\d{12}|\*|arn:(aws[a-zA-Z-]*):iam::\d{12}:root/ },
    OrganizationId: { max: 34, pattern: /o-[a-z0-9]{10,32}/ },
  },
  parse: (input, scope) => ({ ...parseLayerVersion(input, scope), input }),
  access: (row) => [versionAccess(row, 'AddLayerVersionPermission')],
  handle: async ({ layer, input }, _call, { context, layers }) => {
    const statement = statementOf(input, layer);
    const { policy } = await layers.changePolicy(layer, (before) => {
      checkRevision(input.RevisionId, before?.revisionId, 'GetLayerPolicy');
      return withStatement(before, statement);
    });
    const name = `the policy of ${statement.Resource}`;
    context.reviewPolicy({ name, text: policyDocument([statement]), kind: 'resource' });
    return { Statement: JSON.stringify(statement), RevisionId: policy?.revisionId };
  },
});

export const removeLayerVersionPermission = lambdaOperation({
  name: 'RemoveLayerVersionPermission',
  limits: { StatementId: STATEMENT_ID },
  parse: (input: Input<'lambda', 'RemoveLayerVersionPermission'>, scope: Scope) => ({
    ...parseLayerVersion(input, scope),
    statementId: input.StatementId,
    revisionId: input.RevisionId,
  }),
  access: (row) => [versionAccess(row, 'RemoveLayerVersionPermission')],
  handle: async ({ layer, statementId, revisionId }, _call, { layers }) => {
    await layers.changePolicy(layer, (before) => {
      if (before === undefined) throw noPolicy();
      checkRevision(revisionId, before.revisionId, 'GetLayerPolicy');
      return withoutStatement(before, statementId);
    });
  },
});

export const getLayerVersionPolicy = lambdaOperation({
  name: 'GetLayerVersionPolicy',
  parse: parseLayerVersion,
  access: (row) => [versionAccess(row, 'GetLayerVersionPolicy')],
  handle: async ({ layer }, _call, { layers }) => {
    const { policy } = await layers.described(layer);
    if (policy === undefined) throw noPolicy();
    return { Policy: policyDocument(policy.statements), RevisionId: policy.revisionId };
  },
});
