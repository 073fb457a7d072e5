import type { Scope } from '../../core/operation.js';
import { type BusName, DEFAULT_BUS } from './bus-name.js';

/** A rule, wherever it is. */
export interface RuleName extends Scope {
  /** The name of its event bus. */
  readonly bus: string;
  readonly name: string;
}

const ARN =
  /^arn:aws[a-z-]*:events:(?<region>[a-z0-9-]+):(?<account>\d{12}):rule\/(?:(?<bus>[/.\-_A-Za-z0-9]+)\/)?(?<name>[.\-_A-Za-z0-9]{1,64})$/;

/** A rule of the default bus is named without its bus. */
export function ruleArn({ account, region, bus, name }: RuleName): string {
  return `arn:aws:events:${region}:${account}:rule/${bus === DEFAULT_BUS ? '' : `${bus}/`}${name}`;
}

export function parseRuleArn(arn: string): RuleName | undefined {
  const { account, region, bus = DEFAULT_BUS, name } = ARN.exec(arn)?.groups ?? {};
  return account === undefined || region === undefined || name === undefined
    ? undefined
    : { account, region, bus, name };
}

export function busOf({ account, region, bus }: RuleName): BusName {
  return { account, region, name: bus };
}
