import type { Scope } from '../../../core/operation.js';
import type { AnyResourceType, ResourceContext } from '../../../core/resource-type.js';
import { isUnknown } from '../template/evaluate.js';
import { isList, isMap, type Json, type JsonMap, mapOf, own } from '../template/json.js';
import { RECORDED_WHEN, STORED, type StoredProperty } from './stored.js';

/** True if a resource of a simulated type is only recorded, by what its properties say. */
export function isRecordedByProperties(type: string, properties: Json): boolean {
  return (Object.hasOwn(RECORDED_WHEN, type) && RECORDED_WHEN[type]?.when(properties)) || false;
}

/** The paths of properties that are stored without effect, as far as the resource has them. */
export function storedPaths(type: string, properties: JsonMap, scope: Scope): readonly string[] {
  const found = rulesOf(type).filter((rule) => without(properties, rule, scope) !== properties);
  return [...new Set(found.map(({ path }) => path.replaceAll('[]', '')))];
}

/** The properties as the type gets them: without those that its service does not store itself. */
export function effectiveProperties(type: string, properties: JsonMap, scope: Scope): JsonMap {
  return rulesOf(type)
    .filter((rule) => !rule.kept)
    .reduce((left, rule) => without(left, rule, scope), properties);
}

function rulesOf(type: string): readonly StoredProperty[] {
  return (Object.hasOwn(STORED, type) ? STORED[type] : undefined) ?? [];
}

/** The same object where nothing fits. */
function without(properties: JsonMap, { path, when = () => true }: StoredProperty, scope: Scope): JsonMap {
  const fits = (value: Json): boolean => !isUnknown(value) && when(value, scope);
  const changed = cut(properties, path.split('.'), fits);
  return isMap(changed) ? changed : {};
}

/** `value` without what `steps` lead to; the same value where there is nothing. */
function cut(value: Json, steps: readonly string[], fits: (value: Json) => boolean): Json {
  const [step = '', ...rest] = steps;
  if (!isMap(value)) return value;
  const name = step.replace('[]', '');
  const inner = own(value, name);
  if (inner === undefined) return value;
  const replaced = step.endsWith('[]') ? cutList(inner, rest, fits) : cutMember(inner, rest, fits);
  if (replaced === inner) return value;
  const others = Object.entries(value).filter(([key]) => key !== name);
  return mapOf(replaced === undefined ? others : [...others, [name, replaced]]);
}

function cutMember(inner: Json, rest: readonly string[], fits: (value: Json) => boolean): Json | undefined {
  if (rest.length > 0) return cut(inner, rest, fits);
  return fits(inner) ? undefined : inner;
}

function cutList(inner: Json, rest: readonly string[], fits: (value: Json) => boolean): Json {
  if (!isList(inner)) return inner;
  const items = rest.length > 0 ? inner.map((item) => cut(item, rest, fits)) : inner.filter((item) => !fits(item));
  const isSame = items.length === inner.length && items.every((item, i) => item === inner[i]);
  return isSame ? inner : items;
}

/**
 * A simulated type that gets only what it carries out.
 * @param recorded makes those of its resources that are recorded by their properties; left out, they are refused
 */
export function withStanding(
  simulated: AnyResourceType,
  recorded: (() => AnyResourceType) | undefined,
): AnyResourceType {
  const { type } = simulated;
  if (!Object.hasOwn(STORED, type) && !Object.hasOwn(RECORDED_WHEN, type)) return simulated;
  const of = (properties: JsonMap): AnyResourceType =>
    recorded && isRecordedByProperties(type, properties) ? recorded() : simulated;
  const effective = (properties: JsonMap, context: ResourceContext): JsonMap =>
    of(properties) === simulated ? effectiveProperties(type, properties, context) : properties;
  const { newId } = simulated;
  return {
    ...simulated,
    ...((newId || Object.hasOwn(RECORDED_WHEN, type)) && {
      newId: (properties: JsonMap, context) => {
        const make = of(properties).newId;
        if (!make) throw new Error(`${type} makes no ids`);
        return make(effective(properties, context), context);
      },
    }),
    create: (id, properties: JsonMap, context) => of(properties).create(id, effective(properties, context), context),
    update: (id, properties: JsonMap, previous: JsonMap, context) =>
      of(properties).update(id, effective(properties, context), effective(previous, context), context),
    delete: (id, properties: JsonMap, context) => of(properties).delete(id, effective(properties, context), context),
  };
}
