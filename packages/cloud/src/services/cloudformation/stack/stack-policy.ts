import { parseJson } from '../../../core/json.js';
import { compileGlob, glob } from '../../../core/wildcard.js';
import { isList, isMap, type Json, textOf } from '../template/json.js';
import { validationError } from '../template/template-error.js';

/** The effect of an update on one resource, as stack policies name it. */
export type UpdateAction = 'Update:Modify' | 'Update:Replace' | 'Update:Delete';

interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly notActions: boolean;
  readonly resources: readonly string[];
  readonly notResources: boolean;
  /** Of the resource's type; every type where there is no condition. */
  readonly types: readonly string[] | undefined;
}

const ELEMENTS = new Set(['Action', 'Condition', 'Effect', 'NotAction', 'NotResource', 'Principal', 'Resource', 'Sid']);
const ACTION = /^Update:(\*|Modify|Replace|Delete)$/;
const OPERATORS = ['StringEquals', 'StringLike'];

const invalid = (): Error => validationError('Error validating stack policy: Invalid stack policy');

/** The statements of a policy. @throws AwsError ValidationError for a text that is no stack policy */
export function parseStackPolicy(text: string): readonly Statement[] {
  let root: Json;
  try {
    root = parseJson(text) as Json;
  } catch {
    throw invalid();
  }
  if (!isMap(root)) throw invalid();
  // An empty policy protects nothing.
  if (root.Statement === undefined && Object.keys(root).every((key) => key === 'Version')) return [];
  const { Statement: given = null } = root;
  return (isList(given) ? given : [given]).map(readStatement);
}

function readStatement(statement: Json): Statement {
  if (!isMap(statement) || Object.keys(statement).some((key) => !ELEMENTS.has(key))) throw invalid();
  const { Effect: effect, Principal, Action, NotAction, Resource, NotResource, Condition } = statement;
  if (effect !== 'Allow' && effect !== 'Deny') throw invalid();
  const isEverybody = Principal === '*' || (isMap(Principal) && Principal.AWS === '*');
  if (!isEverybody) throw invalid();
  const actions = texts(Action ?? NotAction);
  if (!actions.every((action) => action === '*' || ACTION.test(action))) throw invalid();
  return {
    effect,
    actions,
    notActions: Action === undefined,
    resources: texts(Resource ?? NotResource),
    notResources: Resource === undefined,
    types: Condition === undefined ? undefined : typesOf(Condition),
  };
}

function typesOf(condition: Json): readonly string[] {
  if (!isMap(condition)) throw invalid();
  return Object.entries(condition).flatMap(([operator, keys]) => {
    if (!OPERATORS.includes(operator) || !isMap(keys)) throw invalid();
    return texts(keys.ResourceType);
  });
}

function texts(value: Json | undefined): readonly string[] {
  if (value === undefined || value === null || isMap(value)) throw invalid();
  return (isList(value) ? value : [value]).map(textOf);
}

/**
 * The reason why a policy denies a change, in the words of the stack's events; undefined where it allows it. Without a
 * statement everything is allowed, with one what is not allowed is denied ("Prevent updates to stack resources").
 */
export function denialBy(
  policy: string | undefined,
  action: UpdateAction,
  { logicalId, type }: { readonly logicalId: string; readonly type: string },
): string | undefined {
  const statements = policy === undefined ? [] : parseStackPolicy(policy);
  if (statements.length === 0) return undefined;
  const applies = ({ actions, notActions, resources, notResources, types }: Statement): boolean =>
    matchesAny(actions, action) !== notActions &&
    matchesAny(resources, `LogicalResourceId/${logicalId}`) !== notResources &&
    (types === undefined || matchesAny(types, type));
  const at = statements.findIndex((statement) => statement.effect === 'Deny' && applies(statement));
  const denying = statements[at];
  if (denying) {
    return `Action denied by stack policy: Statement [#${at + 1}] does not allow [${denying.actions.join(', ')}] for resource [${denying.resources.join(', ')}]`;
  }
  if (statements.some((statement) => statement.effect === 'Allow' && applies(statement))) return undefined;
  return `Action denied by stack policy: no statement allows [${action}] for resource [LogicalResourceId/${logicalId}]`;
}

function matchesAny(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => compileGlob(glob(pattern))(text));
}
