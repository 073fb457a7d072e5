import { type BusEvent, eventTime } from '../buses/bus-event.js';
import { type RuleName, ruleArn } from '../rules/rule-name.js';
import { fill, isDeliverable, parseInputTemplate } from './input-template.js';
import { parseJsonPath, valueAt } from './json-path.js';
import type { InputTransformer, Target } from './target.js';

/** An event that a rule hands on, and when it came: epoch milliseconds. */
export interface Matched {
  readonly rule: RuleName;
  readonly event: BusEvent;
  readonly accepted: number;
}

/** Variables for every template ("Predefined variables"). */
const PREDEFINED: Readonly<Record<string, (matched: Matched) => unknown>> = {
  'aws.events.rule-arn': ({ rule }) => ruleArn(rule),
  'aws.events.rule-name': ({ rule }) => rule.name,
  'aws.events.event.ingestion-time': ({ accepted }) => eventTime(accepted),
  'aws.events.event': ({ event }) => {
    const { detail: _detail, 'detail-type': detailType, ...rest } = event;
    return { ...rest, detailType };
  },
  'aws.events.event.json': ({ event }) => event,
};

/**
 * The text that a target is given: JSON, unless a template makes something else of it. Undefined where a template makes
 * something that EventBridge does not hand on.
 */
export function targetInput(
  { Input, InputPath, InputTransformer }: Pick<Target, 'Input' | 'InputPath' | 'InputTransformer'>,
  matched: Matched,
): string | undefined {
  if (Input !== undefined) return Input;
  if (InputPath !== undefined) return JSON.stringify(valueAt(matched.event, parseJsonPath(InputPath)) ?? null);
  if (InputTransformer === undefined) return JSON.stringify(matched.event);
  const filled = transform(InputTransformer, matched);
  return isDeliverable(filled) ? filled : undefined;
}

function transform({ InputPathsMap = {}, InputTemplate }: InputTransformer, matched: Matched): string {
  return fill(parseInputTemplate(InputTemplate), (name) => {
    const path = InputPathsMap[name];
    return path === undefined ? PREDEFINED[name]?.(matched) : valueAt(matched.event, parseJsonPath(path));
  });
}

/** The first placeholder of a template that has no value. */
export function unknownPlaceholder({ InputPathsMap = {}, InputTemplate }: InputTransformer): string | undefined {
  const known = (name: string): boolean => name in InputPathsMap || name in PREDEFINED;
  return parseInputTemplate(InputTemplate).parts.flatMap((part) =>
    part.kind === 'placeholder' && !known(part.name) ? [part.name] : [],
  )[0];
}
