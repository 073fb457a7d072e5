import { isObject } from '../../core/json.js';
import { compileGlob, glob } from '../../core/wildcard.js';

/** The decision of an authorizer's policy about one method. */
export type PolicyDecision = 'allow' | 'explicitDeny' | 'implicitDeny';

/** A statement of an authorizer's policy, ready to be asked. */
interface Statement {
  readonly deny: boolean;
  readonly conditional: boolean;
  readonly invokes: boolean;
  readonly applies: (arn: string) => boolean;
}

export type AuthorizerPolicy = (methodArn: string) => PolicyDecision;

/**
 * Reads a policy for `execute-api:Invoke`, or says undefined where it is not a policy document. Conditions are not
 * evaluated: an Allow under a condition does not allow, a Deny under a condition denies, so that nothing opens.
 */
export function authorizerPolicy(document: unknown): AuthorizerPolicy | undefined {
  if (!isObject(document)) return undefined;
  const listed = list(document.Statement);
  if (listed.length === 0 || !listed.every(isObject)) return undefined;
  const statements: Statement[] = [];
  for (const statement of listed) {
    const { Effect, Condition } = statement;
    if (Effect !== 'Allow' && Effect !== 'Deny') return undefined;
    const actions = strings(statement.Action ?? statement.NotAction);
    const resources = strings(statement.Resource ?? statement.NotResource);
    if (actions === undefined || resources === undefined) return undefined;
    const named = actions.some((action) => wildcard(action.toLowerCase())('execute-api:invoke'));
    const patterns = resources.map(wildcard);
    statements.push({
      deny: Effect === 'Deny',
      conditional: isObject(Condition) && Object.keys(Condition).length > 0,
      invokes: statement.Action === undefined ? !named : named,
      applies: (arn) => patterns.some((matches) => matches(arn)) === (statement.Resource !== undefined),
    });
  }
  return (methodArn) => {
    const applying = statements.filter((statement) => statement.invokes && statement.applies(methodArn));
    if (applying.some((statement) => statement.deny)) return 'explicitDeny';
    return applying.some((statement) => !statement.conditional) ? 'allow' : 'implicitDeny';
  };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function strings(value: unknown): readonly string[] | undefined {
  const values = list(value);
  return values.length > 0 && values.every((entry) => typeof entry === 'string') ? values : undefined;
}

const wildcard = (pattern: string): ((text: string) => boolean) => compileGlob(glob(pattern));
