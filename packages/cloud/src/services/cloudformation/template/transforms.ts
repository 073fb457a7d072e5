import { isList, isMap, type Json, type JsonMap, mapOf, own, textOf } from './json.js';
import { LANGUAGE_EXTENSIONS } from './language-extensions.js';
import { validationError } from './template-error.js';

/** The macro of CloudFormation's own that puts the content of an S3 object in its place. */
export const INCLUDE = 'AWS::Include';
const EMBEDDED = 'Fn::Transform';
/** AWS's own macros that this cloud has. Those of an account have no `::` in their names. */
const OWN: ReadonlySet<string> = new Set([INCLUDE, LANGUAGE_EXTENSIONS]);

/** A macro with its parameters, which may hold functions. */
export interface Transform {
  readonly name: string;
  readonly parameters: JsonMap;
}

/** Runs one macro on a part of a template. @returns what takes the part's place */
export type RunTransform = (transform: Transform, fragment: Json) => Promise<Json>;

/**
 * The macros that a `Transform` section or an `Fn::Transform` names, in the order in which they run.
 * @throws AwsError ValidationError for a name that is no text, and for macros of AWS that this cloud does not have
 */
export function transformsIn(value: Json | undefined): readonly Transform[] {
  if (value === undefined || value === null) return [];
  return (isList(value) ? value : [value]).map((declared) => {
    const name = isMap(declared) ? declared.Name : declared;
    if (typeof name !== 'string') throw validationError('Key Name of transform definition must be a string.');
    if (name.startsWith('AWS::') && !OWN.has(name)) {
      throw validationError(`Transform ${name} is not supported by this cloud`);
    }
    const parameters = isMap(declared) ? declared.Parameters : undefined;
    return { name, parameters: isMap(parameters ?? null) ? (parameters as JsonMap) : {} };
  });
}

/** The names of the macros that a template declares for all of it. */
export function declaredTransforms({ Transform }: JsonMap): readonly string[] {
  if (Transform === undefined || Transform === null) return [];
  return (isList(Transform) ? Transform : [Transform]).map((one) => textOf(isMap(one) ? (one.Name ?? '') : one));
}

/** True if a part of a template asks for a macro by `Fn::Transform`. */
export function hasEmbeddedTransform(part: Json): boolean {
  if (isList(part)) return part.some(hasEmbeddedTransform);
  return isMap(part) && (own(part, EMBEDDED) !== undefined || Object.values(part).some(hasEmbeddedTransform));
}

/** Throws where a template names macros that this cloud does not have, wherever they stand. */
export function checkTransforms(root: JsonMap): void {
  transformsIn(root.Transform);
  const check = (part: Json): void => {
    if (isMap(part)) transformsIn(own(part, EMBEDDED));
    for (const member of isList(part) ? part : isMap(part) ? Object.values(part) : []) check(member);
  };
  check(root);
}

/** The template without the parts that only a macro could complete, for who looks at it without running them. */
export function withoutTransforms(root: JsonMap): JsonMap {
  const { Resources } = root;
  if (!isMap(Resources ?? null)) return root;
  const isComplete = (resource: Json): boolean => !isMap(resource) || resource.Type !== undefined;
  const resources = Object.entries(Resources as JsonMap).filter(
    ([name, resource]) => name !== EMBEDDED && isComplete(resource),
  );
  return mapOf(
    Object.entries(root).map(([name, part]) => [name, withoutEmbedded(name === 'Resources' ? mapOf(resources) : part)]),
  );
}

function withoutEmbedded(part: Json): Json {
  if (isList(part)) return part.map(withoutEmbedded);
  if (!isMap(part)) return part;
  const members = Object.entries(part).filter(([name]) => name !== EMBEDDED);
  return mapOf(members.map(([name, member]) => [name, withoutEmbedded(member)]));
}

/**
 * Runs the macros of a template: embedded ones from the innermost outwards, on what stands beside them, then those of the
 * whole template in their order ("Template macros", CloudFormation guide).
 */
export async function runTransforms(root: JsonMap, run: RunTransform): Promise<JsonMap> {
  const { Transform, ...sections } = root;
  let template: Json = hasEmbeddedTransform(sections) ? await runEmbedded(sections, run) : sections;
  for (const transform of transformsIn(Transform)) {
    template = await run(transform, template);
    if (!isMap(template)) throw new TransformFailure('Template format error: unsupported structure.');
  }
  return template as JsonMap;
}

async function runEmbedded(part: Json, run: RunTransform): Promise<Json> {
  if (isList(part)) {
    const items: Json[] = [];
    for (const item of part) items.push(await runEmbedded(item, run));
    return items;
  }
  if (!isMap(part)) return part;
  const members: [string, Json][] = [];
  for (const [name, member] of Object.entries(part)) {
    if (name !== EMBEDDED) members.push([name, await runEmbedded(member, run)]);
  }
  let fragment: Json = mapOf(members);
  for (const transform of transformsIn(own(part, EMBEDDED))) fragment = await run(transform, fragment);
  return fragment;
}

/** A macro that failed, in CloudFormation's words: the reason of the change set or of the stack's rollback. */
export class TransformFailure extends Error {}
