import { AwsError } from '../core/aws-error.js';
import type { Constraint, Constraints, Violation } from './constraints.js';
import { type Member, type ServiceModel, type ShapeReference, shapeOf, structureOf } from './service-model.js';

type Structure = Readonly<Record<string, unknown>>;

/** Messages show `FunctionName` as `functionName`. */
function told(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function isStructure(value: unknown): value is Structure {
  return typeof value === 'object' && value !== null;
}

/** A value as AWS's messages write it: lists and structures as Java prints them. */
export function printed(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (Array.isArray(value)) return `[${value.map(printed).join(', ')}]`;
  if (value instanceof Uint8Array) return `java.nio.HeapByteBuffer[pos=0 lim=${value.length} cap=${value.length}]`;
  if (!isStructure(value)) return String(value);
  return `{${Object.entries(value)
    .map(([key, each]) => `${key}=${printed(each)}`)
    .join(', ')}}`;
}

/**
 * The same by the model: structures have their names, and all of their members: first those that have limits, in the
 * order of these. Undefined where there are none.
 */
function printedByModel(
  model: ServiceModel,
  member: Member,
  value: unknown,
  { each, members = {} }: Constraint = {},
): string | undefined {
  const shape = shapeOf(model, member);
  if (shape?.kind === 'list' && Array.isArray(value)) {
    const items = value.map((item) => printedByModel(model, shape.item, item, each));
    return items.includes(undefined) ? undefined : `[${items.join(', ')}]`;
  }
  if (shape?.kind !== 'structure' || !isStructure(value)) return undefined;
  const names = new Set([...Object.keys(members), ...Object.keys(shape.members)]);
  const texts = [...names].map((name) => {
    const text = printedByModel(model, shape.members[name] ?? 'string', value[name], members[name]);
    return `${told(name)}=${text ?? printed(value[name])}`;
  });
  return `${shape.name}(${texts.join(', ')})`;
}

function sizeOf(value: unknown): { readonly size: number; readonly what: string } | undefined {
  // AWS counts UTF-16 units, as Java does.
  if (typeof value === 'string') return { size: value.length, what: 'length' };
  if (typeof value === 'number') return { size: value, what: 'value' };
  if (value instanceof Uint8Array || Array.isArray(value)) return { size: value.length, what: 'length' };
  return isStructure(value) ? { size: Object.keys(value).length, what: 'length' } : undefined;
}

/** All constraints of a value in the order in which AWS's messages list them. */
function wordsOf({ min, max, pattern, patternText, values, notNull }: Constraint): readonly string[] {
  return [
    ...(max === undefined ? [] : [`Member must have length less than or equal to ${max}`]),
    ...(min === undefined ? [] : [`Member must have length greater than or equal to ${min}`]),
    ...(pattern ? [patternWords(pattern, patternText)] : []),
    ...(values ? [enumWords(values)] : []),
    ...(notNull ? ['Member must not be null'] : []),
  ];
}

const patternWords = (pattern: RegExp, text = pattern.source.replaceAll('\\/', '/')): string =>
  `Member must satisfy regular expression pattern: ${text}`;
const enumWords = (values: readonly string[]): string => `Member must satisfy enum value set: [${values.join(', ')}]`;

/** The violations of one value, without those of its members. */
function failures(
  value: unknown,
  { min, max, pattern, patternText, values, unlisted = [] }: Constraint,
): readonly string[] {
  const found: string[] = [];
  const sized = sizeOf(value);
  if (sized && max !== undefined && sized.size > max) {
    found.push(`Member must have ${sized.what} less than or equal to ${max}`);
  }
  if (sized && min !== undefined && sized.size < min) {
    found.push(`Member must have ${sized.what} greater than or equal to ${min}`);
  }
  if (typeof value === 'string' && pattern && !matchesWhole(pattern, value)) {
    found.push(patternWords(pattern, patternText));
  }
  if (values && textsOf(value).some((text) => !values.includes(text) && !unlisted.includes(text))) {
    found.push(enumWords(values));
  }
  return found;
}

function textsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
}

function matchesWhole(pattern: RegExp, text: string): boolean {
  const found = pattern.exec(text);
  return found !== null && found.index === 0 && found[0].length === text.length;
}

/** Everything that is wrong with an input: required members first, as the model orders them, depth first. */
export function violationsOf(
  model: ServiceModel,
  reference: ShapeReference,
  value: unknown,
  constraints: Constraints = {},
): readonly Violation[] {
  const found: Violation[] = [];
  visitStructure(reference, value, constraints, '');
  return found;

  function visitStructure(of: ShapeReference, given: unknown, limits: Constraints, path: string): void {
    const shape = structureOf(model, of);
    if (!shape || !isStructure(given)) return;
    for (const name of shape.required ?? []) {
      if (given[name] === undefined) {
        found.push({
          path: `${path}${told(name)}`,
          name,
          limits: {},
          value: undefined,
          missing: true,
          constraint: 'Member must not be null',
        });
      }
    }
    for (const [name, member] of inOrder(Object.entries(shape.members), limits)) {
      const each = given[name];
      if (each !== undefined) visit(member, each, limits[name] ?? {}, `${path}${told(name)}`, name);
    }
  }

  function visit(member: Member, given: unknown, limits: Constraint, path: string, name: string): void {
    for (const constraint of failures(given, limits)) {
      const shown = printedByModel(model, member, given, limits);
      found.push({ path, name, limits, value: given, constraint, ...(shown !== undefined && { shown }) });
    }
    const shape = shapeOf(model, member);
    if (shape === undefined) return;
    if (shape.kind === 'list') {
      if (!Array.isArray(given)) return;
      const { each: ofItem = {} } = limits;
      // Of items that are no structures AWS tells the whole list and all that each must satisfy.
      if (given.some((each) => !isStructure(each) && failures(each, ofItem).length > 0)) {
        const constraint = `Member must satisfy constraint: [${wordsOf(ofItem).join(', ')}]`;
        found.push({ path, name, limits: ofItem, value: given, constraint });
      }
      for (const [at, each] of given.entries()) {
        if (isStructure(each)) visit(shape.item, each, ofItem, `${path}.${at + 1}.member`, name);
      }
    } else if (shape.kind === 'map') {
      for (const [key, each] of Object.entries(Object(given))) {
        if (limits.key) {
          for (const constraint of failures(key, limits.key)) {
            found.push({ path, name, limits: limits.key, value: key, constraint });
          }
        }
        visit(shape.value, each, limits.each ?? {}, `${path}.${key}.member`, name);
      }
    } else if (typeof member === 'number' || typeof member === 'object') {
      visitStructure(typeof member === 'number' ? member : member.target, given, limits.members ?? {}, `${path}.`);
    }
  }
}

function inOrder<Entry extends readonly [string, unknown]>(members: readonly Entry[], limits: Constraints) {
  const isFirst = ([name]: Entry) => limits[name]?.toldFirst === true;
  if (!members.some(isFirst)) return members;
  return [...members.filter(isFirst), ...members.filter((each) => !isFirst(each))];
}

/** `1 validation error detected: Value '64' at 'memorySize' failed to satisfy constraint: …` */
export function validationMessage(violations: readonly Violation[]): string {
  const told = violations.map(({ path, value, shown = printed(value), missing, constraint }) => {
    const what = missing ? 'Value null' : `Value '${shown}'`;
    return `${what} at '${path}' failed to satisfy constraint: ${constraint}`;
  });
  return `${told.length} validation error${told.length === 1 ? '' : 's'} detected: ${told.join('; ')}`;
}

/** How a family of services refuses wrong input. */
export type Refusal = (violations: readonly Violation[]) => AwsError;

/** The refusal of most services. @param code `ValidationException` in JSON, `ValidationError` in query services */
export function validationError(code = 'ValidationException'): Refusal {
  return (violations) => new AwsError(code, validationMessage(violations));
}
