import type { Scope } from '../../../core/operation.js';
import { parseArn } from '../../../kit/arn.js';
import { invalid } from '../events-error.js';

/** An event bus, wherever it is. */
export interface BusName extends Scope {
  readonly name: string;
}

/** The bus that every account and region has. */
export const DEFAULT_BUS = 'default';

const RESOURCE = /^event-bus\/(?<name>[/.\-_A-Za-z0-9]{1,256})$/;

export function busArn({ account, region, name }: BusName): string {
  return `arn:aws:events:${region}:${account}:event-bus/${name}`;
}

/**
 * The bus that a caller means by a name or an ARN, of which the operation's limits know that it is one.
 * @param text @default - the default bus
 * @throws AwsError ValidationException
 */
export function parseBusName(text: string | undefined, { account, region }: Scope): BusName {
  const name = text ?? DEFAULT_BUS;
  if (!name.startsWith('arn:')) return { account, region, name };
  const bus = parseBusArn(name);
  if (bus === undefined) throw invalid(`Parameter EventBusName is not valid: ${name}`);
  return bus;
}

export function parseBusArn(arn: string): BusName | undefined {
  const { service, account, region, resource = '' } = parseArn(arn) ?? {};
  const name = RESOURCE.exec(resource)?.groups?.name;
  return service !== 'events' || account === undefined || region === undefined || name === undefined
    ? undefined
    : { account, region, name };
}
