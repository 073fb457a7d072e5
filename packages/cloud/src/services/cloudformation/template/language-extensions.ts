import { type Evaluation, evaluate, functionCall } from './evaluate.js';
import { isList, isMap, type Json, type JsonMap, mapOf, own, textOf } from './json.js';
import { calls, references } from './references.js';
import { validationError } from './template-error.js';

/** The macro of CloudFormation's own that adds loops and functions to templates. */
export const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

const LOOP = 'Fn::ForEach::';
const EXTENSION_FUNCTIONS: ReadonlySet<string> = new Set(['Fn::Length', 'Fn::ToJsonString']);
/** Functions whose values are not known, or not settled, before the deployment. */
const LEFT_ALONE: ReadonlySet<string> = new Set(['Fn::GetAtt', 'Fn::If', 'Fn::ImportValue', 'Fn::Transform']);

function failed(reason: string): Error {
  return validationError(`Transform ${LANGUAGE_EXTENSIONS} failed with: ${reason}`);
}

/** True if a template has loops or functions that only the language extensions understand. */
export function usesLanguageExtensions(template: Json): boolean {
  for (const [name] of calls(template)) {
    if (EXTENSION_FUNCTIONS.has(name) || name.startsWith(LOOP)) return true;
  }
  return hasLoop(template);
}

function hasLoop(part: Json): boolean {
  if (isList(part)) return part.some(hasLoop);
  return isMap(part) && Object.entries(part).some(([key, member]) => key.startsWith(LOOP) || hasLoop(member));
}

/**
 * The template as the macro leaves it ("AWS::LanguageExtensions transform", CloudFormation guide): loops unrolled, and
 * every function evaluated whose arguments are known before the deployment. Parameters that are not in `evaluation`
 * (those with NoEcho) and resources stay references.
 * @throws AwsError ValidationError
 */
export function expandLanguageExtensions({ Transform: _done, ...root }: JsonMap, evaluation: Evaluation): JsonMap {
  const unrolled = mapOf(
    Object.entries(root).map(([section, value]) => [
      section,
      section === 'Conditions' || section === 'Resources' || section === 'Outputs' ? unroll(value, evaluation) : value,
    ]),
  );
  return mapOf(
    Object.entries(unrolled).map(([section, value]) => {
      if (section === 'Resources') return [section, withOnlyNeeds(simplify(value, evaluation, true))];
      if (section === 'Outputs') return [section, simplify(value, evaluation, true)];
      // Conditions stay operations on parameters.
      return [section, section === 'Conditions' ? simplify(value, evaluation, false) : value];
    }),
  );
}

/** Resources as the macro writes them: a list of one that a resource depends on is that one. */
function withOnlyNeeds(resources: Json): Json {
  if (!isMap(resources)) return resources;
  return mapOf(
    Object.entries(resources).map(([name, declared]) => {
      const needs = isMap(declared) ? own(declared, 'DependsOn') : undefined;
      const [only, ...others] = needs !== undefined && isList(needs) ? needs : [];
      return only === undefined || others.length > 0 || !isMap(declared)
        ? [name, declared]
        : [name, { ...declared, DependsOn: only }];
    }),
  );
}

/** The template without its loops, for who looks at it without values for its parameters. */
export function withoutLoops(part: JsonMap): JsonMap {
  return mapOf(
    Object.entries(part)
      .filter(([key]) => !key.startsWith(LOOP))
      .map(([key, member]) => [key, isMap(member) ? withoutLoops(member) : member]),
  );
}

function unroll(part: Json, evaluation: Evaluation): Json {
  if (isList(part)) return part.map((item) => unroll(item, evaluation));
  if (!isMap(part)) return part;
  const members = new Map<string, Json>();
  const add = (key: string, member: Json): void => {
    if (members.has(key)) throw failed(`the key ${key} is there twice`);
    members.set(key, member);
  };
  for (const [key, member] of Object.entries(part)) {
    if (!key.startsWith(LOOP)) add(key, unroll(member, evaluation));
    else for (const [name, each] of Object.entries(unrolledLoop(member, evaluation))) add(name, each);
  }
  return mapOf(members);
}

/** The members that a loop makes: those of its body, for each item of its collection. */
function unrolledLoop(loop: Json, evaluation: Evaluation): JsonMap {
  if (!isList(loop) || loop.length !== 3) throw failed('Fn::ForEach layout is incorrect.');
  const [identifier, collection = null, body] = loop;
  if (typeof identifier !== 'string' || !isMap(body)) throw failed('Fn::ForEach layout is incorrect.');
  const items = evaluate(collection, evaluation);
  if (!isList(items)) throw failed('Fn::ForEach layout is incorrect.');
  const members = new Map<string, Json>();
  for (const item of items) {
    const unrolled = unroll(substitute(body, identifier, textOf(item)), evaluation);
    for (const [key, member] of isMap(unrolled) ? Object.entries(unrolled) : []) {
      if (members.has(key)) throw failed(`the key ${key} is there twice`);
      members.set(key, member);
    }
  }
  return mapOf(members);
}

/** `${Name}` and `&{Name}` in keys and values, and `{ Ref: Name }`, become the item; `&{Name}` without odd characters. */
function substitute(part: Json, identifier: string, item: string): Json {
  if (typeof part === 'string') {
    return part
      .replaceAll(`\${${identifier}}`, () => item)
      .replaceAll(`&{${identifier}}`, () => item.replace(/[^A-Za-z0-9]/g, ''));
  }
  if (isList(part)) return part.map((each) => substitute(each, identifier, item));
  if (!isMap(part)) return part;
  const call = functionCall(part);
  if (call?.[0] === 'Ref' && call[1] === identifier) return item;
  return mapOf(
    Object.entries(part).map(([key, member]) => [
      String(substitute(key, identifier, item)),
      substitute(member, identifier, item),
    ]),
  );
}

/** @param all whether every function is evaluated, or those of the extensions alone */
function simplify(part: Json, evaluation: Evaluation, all: boolean): Json {
  if (isList(part)) return part.map((item) => simplify(item, evaluation, all));
  if (!isMap(part)) return part;
  const call = functionCall(part);
  if (call && (all || EXTENSION_FUNCTIONS.has(call[0])) && isKnown(part, evaluation)) {
    return evaluate(part, evaluation) ?? part;
  }
  if (call?.[0] === 'Fn::Length') throw failed('Fn::Length needs a list that is known before the deployment');
  return mapOf(Object.entries(part).map(([key, member]) => [key, simplify(member, evaluation, all)]));
}

function isKnown(part: Json, { values }: Evaluation): boolean {
  for (const [name] of calls(part)) if (LEFT_ALONE.has(name)) return false;
  for (const { name } of references(part)) if (!values.has(name)) return false;
  return true;
}
