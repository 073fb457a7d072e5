import { familyStem } from '../core/access.js';
import type { AttachedPolicy, CloudContext, CloudEvent } from '../core/cloud.js';
import type { Service } from '../core/service.js';
import { compileGlob, glob } from '../core/wildcard.js';
import { parseOperator } from './condition-operators.js';
import { isGlobalKey } from './global-keys.js';
import { type PolicyCondition, type PolicyStatement, parsePolicy } from './policy-document.js';

/** Tells what a policy says that can not count here, once for each policy and version. */
export type PolicyReview = (policy: AttachedPolicy) => void;

export type PolicyReviewOptions = Pick<CloudContext, 'emit' | 'now' | 'services'>;

const REMEMBERED = 10_000;

/**
 * An emulator that silently ignores an unknown condition key makes people feel safe. Therefore a policy is checked when
 * it is attached, and statements that can never apply are reported.
 */
export function createPolicyReview({ emit, now, services }: PolicyReviewOptions): PolicyReview {
  const told = new Set<string>();
  let known: ReadonlyMap<string, ReadonlySet<string>> | undefined;

  return ({ name, text, kind }) => {
    const version = `${name}\n${text}`;
    if (told.has(version)) return;
    if (told.size >= REMEMBERED) told.clear();
    told.add(version);
    // Services are known once all of them are made, which is before the first policy.
    known ??= keysByAction(services);
    for (const event of findings(name, text, kind, known)) emit({ ...event, time: now() });
  };
}

type Finding = Omit<Extract<CloudEvent, { kind: 'policy' }>, 'time'>;

function findings(
  policy: string,
  text: string,
  kind: AttachedPolicy['kind'],
  known: ReadonlyMap<string, ReadonlySet<string>>,
): Finding[] {
  const { statements } = parsePolicy(text, kind, 'any');
  return statements.flatMap((statement, index) => {
    const actions = [...known].filter(([action]) => matches(statement, action));
    // Statements about services and actions that this cloud does not have do not matter here.
    if (actions.length === 0) return [];
    return statement.conditions.flatMap((condition): Finding[] => {
      const key = condition.key.toLowerCase();
      if (isGlobalKey(key) || actions.some(([, keys]) => keys.has(key) || keys.has(family(key)))) return [];
      const label = statement.sid ? `"${statement.sid}"` : `number ${index + 1}`;
      const holds = holdsWithout(condition) ? 'always' : 'never';
      return [{ kind: 'policy', policy, statement: label, effect: statement.effect, key: condition.key, holds }];
    });
  });
}

function matches({ actions: { not, values } }: PolicyStatement, action: string): boolean {
  return values.some((value) => compileGlob(glob(value.toLowerCase()))(action)) !== not;
}

/** True if a condition is true when its key has no value (IAM User Guide, "Condition operators"). */
function holdsWithout({ operator, values }: PolicyCondition): boolean {
  const parsed = parseOperator(operator);
  if (parsed?.name === 'Null') return values.some((value) => value.toLowerCase() === 'true');
  if (parsed?.ifExists || parsed?.quantifier === 'all') return true;
  return parsed?.quantifier === 'one' && /Not/.test(parsed.name);
}

/** A key with a tag's key behind it is one of a family: `aws:resourcetag/*` */
function family(key: string): string {
  const stem = familyStem(key);
  return stem === '' ? key : `${stem}*`;
}

/** The condition keys of every action of the cloud, all in lower case. */
function keysByAction(services: ReadonlyMap<string, Service>): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { operations } of services.values()) {
    for (const { access } of operations.values()) {
      for (const { action, keys } of access) {
        const all = found.get(action.toLowerCase()) ?? new Set();
        for (const key of keys) all.add(key.toLowerCase());
        found.set(action.toLowerCase(), all);
      }
    }
  }
  return found;
}
