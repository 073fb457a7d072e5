import { AwsError } from '../../core/aws-error.js';
import type { Scope } from '../../core/operation.js';
import type { QueueName } from '../../core/queue-name.js';
import { invalidParameter } from './sqs-error.js';

const URL_PATTERN = /^https?:\/\/(?<host>[^/]+)\/(?<account>\d{12})\/(?<name>[\w-]{1,80}(?:\.fifo)?)$/;
const AWS_HOST = /^sqs\.(?<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/;
const NAME = /^[\w-]{1,80}(?:\.fifo)?$/;

/** One text for each queue, for keys. */
export function queueKey({ account, region, name }: QueueName): string {
  return `${account}/${region}/${name}`;
}

/**
 * The queue that a URL means, AWS's own or the local one, which says nothing of the region. SQS takes the name of a
 * queue of the caller's own as well.
 * @throws AwsError InvalidAddress
 */
export function parseQueueUrl(url: string, scope: Scope): QueueName {
  if (NAME.test(url)) return { account: scope.account, region: scope.region, name: url };
  const { host = '', account, name } = URL_PATTERN.exec(url)?.groups ?? {};
  const region = AWS_HOST.exec(host)?.groups?.region ?? scope.region;
  if (account === undefined || name === undefined || region !== scope.region) {
    throw new AwsError('InvalidAddress', `The address ${url} is not valid for this endpoint.`);
  }
  return { account, region, name };
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
