import type { Scope } from '../../core/operation.js';
import { invalid } from './events-error.js';

/** An event bus, wherever it is. */
export interface BusName extends Scope {
  readonly name: string;
}

/** The bus that every account and region has. */
export const DEFAULT_BUS = 'default';

const ARN =
  /^arn:aws[a-z-]*:events:(?<region>[a-z0-9-]+):(?<account>\d{12}):event-bus\/(?<name>[/.\-_A-Za-z0-9]{1,256})$/;
const NAME = /^[/.\-_A-Za-z0-9]{1,256}$/;

export function busArn({ account, region, name }: BusName): string {
  return `arn:aws:events:${region}:${account}:event-bus/${name}`;
}

/**
 * The bus that a caller means by a name or an ARN; the default one where nothing is said.
 * @throws AwsError ValidationException
 */
export function parseBusName(text: string | undefined, { account, region }: Scope): BusName {
  const name = text ?? DEFAULT_BUS;
  const bus = name.startsWith('arn:') ? parseBusArn(name) : NAME.test(name) ? { account, region, name } : undefined;
  if (bus === undefined) throw invalid(`Parameter EventBusName is not valid: ${name}`);
  return bus;
}

export function parseBusArn(arn: string): BusName | undefined {
  const { account, region, name } = ARN.exec(arn)?.groups ?? {};
  return account === undefined || region === undefined || name === undefined ? undefined : { account, region, name };
}
