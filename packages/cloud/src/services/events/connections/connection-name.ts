import type { Scope } from '../../../core/operation.js';
import { parseArn } from '../../../kit/arn.js';

/** A connection or an API destination, by its name alone. */
export interface ConnectionName extends Scope {
  readonly name: string;
}

/** The same with the id that distinguishes it from one of its name that was deleted. */
export interface DestinationName extends ConnectionName {
  readonly id: string;
}

const RESOURCE = /^(?<kind>connection|api-destination)\/(?<name>[.\-_A-Za-z0-9]{1,64})\/(?<id>[-A-Za-z0-9]+)$/;

const arnOf = (kind: string, { account, region, name, id }: DestinationName): string =>
  `arn:aws:events:${region}:${account}:${kind}/${name}/${id}`;

export const connectionArn = (connection: DestinationName): string => arnOf('connection', connection);
export const destinationArn = (destination: DestinationName): string => arnOf('api-destination', destination);

function parse(arn: string, wanted: string): DestinationName | undefined {
  const { service, account, region, resource = '' } = parseArn(arn) ?? {};
  const { kind, name, id } = RESOURCE.exec(resource)?.groups ?? {};
  if (service !== 'events' || kind !== wanted || account === undefined || region === undefined) return undefined;
  return name === undefined || id === undefined ? undefined : { account, region, name, id };
}

export const parseConnectionArn = (arn: string): DestinationName | undefined => parse(arn, 'connection');
export const parseDestinationArn = (arn: string): DestinationName | undefined => parse(arn, 'api-destination');
