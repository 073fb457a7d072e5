import { chosenBranch, functionCall, getAttParts } from './evaluate.js';
import { isList, isMap, type Json, own } from './json.js';
import { parseSub } from './sub.js';

/** A name that a part of a template refers to: a logical id, a parameter or a pseudo parameter. */
export interface Reference {
  readonly name: string;
  /** The attribute asked of it; undefined for `Ref`, and for an attribute that is itself computed. */
  readonly attribute?: string;
  readonly via: 'Ref' | 'Fn::GetAtt' | 'Fn::Sub';
}

/**
 * Every reference in a part of a template. With `condition`, of each `Fn::If` only the branch that counts is looked at.
 */
export function* references(template: Json, condition?: (name: string) => boolean): Generator<Reference> {
  const call = functionCall(template);
  if (!call) {
    for (const part of partsOf(template)) yield* references(part, condition);
    return;
  }
  const [name, argument] = call;
  switch (name) {
    case 'Ref':
      if (typeof argument === 'string') yield { name: argument, via: 'Ref' };
      break;
    case 'Condition':
      break;
    case 'Fn::GetAtt': {
      const [logicalId, attribute] = getAttParts(argument);
      yield { name: logicalId, via: 'Fn::GetAtt', ...(typeof attribute === 'string' && { attribute }) };
      yield* references(attribute, condition);
      break;
    }
    case 'Fn::Sub':
      yield* subReferences(argument, condition);
      break;
    case 'Fn::If':
      if (condition) yield* references(chosenBranch(argument, condition), condition);
      else for (const branch of partsOf(argument).slice(1)) yield* references(branch);
      break;
    default:
      yield* references(argument, condition);
  }
}

function* subReferences(argument: Json, condition?: (name: string) => boolean): Generator<Reference> {
  const [template, variables] = isList(argument) ? argument : [argument];
  if (typeof template !== 'string') return;
  for (const part of parseSub(template)) {
    if (part.kind === 'text' || (isMap(variables) && own(variables, part.name) !== undefined)) continue;
    const dot = part.name.indexOf('.');
    if (dot < 0) yield { name: part.name, via: 'Fn::Sub' };
    else yield { name: part.name.slice(0, dot), attribute: part.name.slice(dot + 1), via: 'Fn::Sub' };
  }
  if (isMap(variables)) yield* references(variables, condition);
}

/** Every function call in a part of a template, the outer before the inner. */
export function* calls(template: Json): Generator<readonly [name: string, argument: Json]> {
  const call = functionCall(template);
  if (call) yield call;
  for (const part of partsOf(template)) yield* calls(part);
}

/** The names of the conditions that a part of a template asks for by `Fn::If`. */
export function* conditionsIn(template: Json): Generator<string> {
  for (const [name, argument] of calls(template)) {
    if (name === 'Fn::If' && isList(argument) && typeof argument[0] === 'string') yield argument[0];
  }
}

function partsOf(value: Json): readonly Json[] {
  if (isList(value)) return value;
  return isMap(value) ? Object.values(value) : [];
}
