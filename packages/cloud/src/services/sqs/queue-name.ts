import { AwsError } from '../../core/aws-error.js';
import type { Scope } from '../../core/operation.js';
import { invalidParameter } from './sqs-error.js';

/** A queue, wherever it is. */
export interface QueueName extends Scope {
  readonly name: string;
}

const URL_PATTERN = /^https?:\/\/(?<host>[^/]+)\/(?<account>\d{12})\/(?<name>[\w-]{1,80}(?:\.fifo)?)$/;
const AWS_HOST = /^sqs\.(?<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/;
const ARN = /^arn:aws[a-z-]*:sqs:(?<region>[a-z0-9-]+):(?<account>\d{12}):(?<name>[\w-]{1,80}(?:\.fifo)?)$/;

/** AWS's own address of a queue, by which it is known in everything that is stored. */
export function queueUrl({ account, region, name }: QueueName): string {
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
}

export function queueArn({ account, region, name }: QueueName): string {
  return `arn:aws:sqs:${region}:${account}:${name}`;
}

export const isFifo = ({ name }: Pick<QueueName, 'name'>): boolean => name.endsWith('.fifo');

/** One text for each queue, for keys. */
export function queueKey({ account, region, name }: QueueName): string {
  return `${account}/${region}/${name}`;
}

/**
 * The queue that a URL means, AWS's own or the local one, which says nothing of the region.
 * @throws AwsError InvalidAddress
 */
export function parseQueueUrl(url: string, scope: Scope): QueueName {
  const { host = '', account, name } = URL_PATTERN.exec(url)?.groups ?? {};
  const region = AWS_HOST.exec(host)?.groups?.region ?? scope.region;
  if (account === undefined || name === undefined || region !== scope.region) {
    throw new AwsError('InvalidAddress', `The address ${url} is not valid for this endpoint.`);
  }
  return { account, region, name };
}

export function parseQueueArn(arn: string): QueueName | undefined {
  const { account, region, name } = ARN.exec(arn)?.groups ?? {};
  return account === undefined || region === undefined || name === undefined ? undefined : { account, region, name };
}

/** @throws AwsError InvalidParameterValueException */
export function checkQueueName(name: string, fifo: boolean): void {
  const base = fifo ? name.replace(/\.fifo$/, '') : name;
  if (fifo && base === name) {
    throw invalidParameter(
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.',
    );
  }
  if (name.length > 80 || !/^[\w-]+$/.test(base)) {
    throw invalidParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
  }
}
