import { compileGlob, glob, matchesGlob } from '../core/wildcard.js';
import { type Caller, type Naming, namedBy } from './caller.js';
import { type CompiledCondition, compileCondition } from './condition.js';
import { parseOperator } from './condition-operators.js';
import {
  type Names,
  type PolicyCondition,
  type PolicyKind,
  type PolicyStatement,
  parsePolicy,
} from './policy-document.js';
import { type ContextValues, expand, isConstant, parseTemplate } from './policy-variable.js';

/** One request, as policies see it. */
export interface PolicyRequest {
  /** `dynamodb:PutItem` */
  readonly action: string;
  /** Lower-case: actions have no case. */
  readonly actionKey: string;
  /** An ARN, or `*` for actions that have no resource. */
  readonly resource: string;
  readonly caller: Caller;
  readonly values: ContextValues;
}

export interface CompiledStatement {
  readonly effect: 'Allow' | 'Deny';
  /** Its Sid, or its number counted from 1. */
  readonly label: string;
  /** Undefined where the statement does not apply; else how it names the caller. */
  readonly applies: (request: PolicyRequest) => Naming | undefined;
}

export interface CompiledPolicy {
  /** For people: `inline policy Writes`, `arn:aws:iam::aws:policy/AdministratorAccess` */
  readonly name: string;
  readonly statements: readonly CompiledStatement[];
}

type Test = (request: PolicyRequest) => boolean;

/**
 * Reads a policy once, so that deciding by it costs comparisons only.
 * @throws AwsError MalformedPolicyDocument
 */
export function compilePolicy(name: string, text: string, kind: PolicyKind): CompiledPolicy {
  const { version, statements } = parsePolicy(text, kind, 'any');
  const variables = version === '2012-10-17';
  return { name, statements: statements.map((statement, i) => compileStatement(statement, i, variables)) };
}

function compileStatement(statement: PolicyStatement, index: number, variables: boolean): CompiledStatement {
  const action = compileActions(statement.actions);
  const resource = statement.resources && compileResources(statement.resources, variables);
  const conditions: CompiledCondition[] = statement.conditions.map((each) => compileCondition(each, variables));
  const { principals } = statement;
  const everybody = statement.conditions.some(namesPrincipalArn) ? 'arn' : 'anyone';
  return {
    effect: statement.effect,
    label: statement.sid ? `"${statement.sid}"` : `number ${index + 1}`,
    applies: (request) => {
      if (!action(request)) return undefined;
      if (resource && !resource(request)) return undefined;
      const naming = principals ? namedBy(principals, request.caller, everybody) : 'identity';
      return naming && conditions.every((holds) => holds(request.values)) ? naming : undefined;
    },
  };
}

const BINDING_OPERATORS = new Set(['StringEquals', 'StringEqualsIgnoreCase', 'StringLike', 'ArnEquals', 'ArnLike']);

/** True if a condition allows only principals whose ARN it names. */
function namesPrincipalArn({ operator, key }: PolicyCondition): boolean {
  const parsed = parseOperator(operator);
  const binds = parsed && BINDING_OPERATORS.has(parsed.name) && !parsed.ifExists && parsed.quantifier !== 'all';
  return key.toLowerCase() === 'aws:principalarn' && binds === true;
}

function compileActions({ not, values }: Names): Test {
  const tests = values.map((value) => compileGlob(glob(value.toLowerCase())));
  return ({ actionKey }) => tests.some((test) => test(actionKey)) !== not;
}

function compileResources({ not, values }: Names, variables: boolean): Test {
  const tests = values.map((value): Test => {
    const template = parseTemplate(value, true, variables);
    if (isConstant(template)) {
      const test = compileGlob(expand(template, () => undefined) ?? []);
      return ({ resource }) => test(resource);
    }
    return ({ resource, values: context }) => {
      const pattern = expand(template, context);
      return pattern !== undefined && matchesGlob(pattern, resource);
    };
  });
  return (request) => tests.some((test) => test(request)) !== not;
}
