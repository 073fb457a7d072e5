import type { Scope } from '../../../core/operation.js';
import { parseArn } from '../../../kit/arn.js';
import { type BusName, DEFAULT_BUS, parseBusName } from '../buses/bus-name.js';

/** A rule, wherever it is. */
export interface RuleName extends Scope {
  /** The name of its event bus. */
  readonly bus: string;
  readonly name: string;
}

const RESOURCE = /^rule\/(?:(?<bus>[/.\-_A-Za-z0-9]+)\/)?(?<name>[.\-_A-Za-z0-9]{1,64})$/;

/** A rule of the default bus is named without its bus. */
export function ruleArn({ account, region, bus, name }: RuleName): string {
  return `arn:aws:events:${region}:${account}:rule/${bus === DEFAULT_BUS ? '' : `${bus}/`}${name}`;
}

export function parseRuleArn(arn: string): RuleName | undefined {
  const { service, account, region, resource = '' } = parseArn(arn) ?? {};
  const { bus = DEFAULT_BUS, name } = RESOURCE.exec(resource)?.groups ?? {};
  return service !== 'events' || account === undefined || region === undefined || name === undefined
    ? undefined
    : { account, region, bus, name };
}

/**
 * The rule that a caller means by its name and its bus.
 * @param bus a name or an ARN. @default - the default bus
 * @throws AwsError ValidationException
 */
export function ruleOn(bus: string | undefined, name: string, scope: Scope): RuleName {
  const { account, region, name: busName } = parseBusName(bus, scope);
  return { account, region, bus: busName, name };
}

export function busOf({ account, region, bus }: RuleName): BusName {
  return { account, region, name: bus };
}
