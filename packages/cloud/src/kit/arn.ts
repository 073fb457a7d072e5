import type { Scope } from '../core/operation.js';

/** An ARN of a resource that lives in an account and region. */
export interface Arn extends Scope {
  /** `sqs` */
  readonly service: string;
  /** The part behind the account, colons included: `function:users:1` */
  readonly resource: string;
}

const ARN = /^arn:aws[a-z-]*:(?<service>[a-z0-9-]+):(?<region>[a-z0-9-]+):(?<account>\d{12}):(?<resource>.+)$/;

/** The parts of an ARN; undefined for other text, and for ARNs without region or account. */
export function parseArn(text: string): Arn | undefined {
  const { service, region, account, resource } = ARN.exec(text)?.groups ?? {};
  return service === undefined || region === undefined || account === undefined || resource === undefined
    ? undefined
    : { service, region, account, resource };
}
