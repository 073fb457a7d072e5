import type { Scope } from './call.js';

/** A queue, wherever it is. */
export interface QueueName extends Scope {
  readonly name: string;
}

const ARN = /^arn:aws[a-z-]*:sqs:(?<region>[a-z0-9-]+):(?<account>\d{12}):(?<name>[\w-]{1,80}(?:\.fifo)?)$/;

/** AWS's own address of a queue, by which it is known in everything that is stored. */
export function queueUrl({ account, region, name }: QueueName): string {
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
}

export function queueArn({ account, region, name }: QueueName): string {
  return `arn:aws:sqs:${region}:${account}:${name}`;
}

export const isFifo = ({ name }: Pick<QueueName, 'name'>): boolean => name.endsWith('.fifo');

export function parseQueueArn(arn: string): QueueName | undefined {
  const { account, region, name } = ARN.exec(arn)?.groups ?? {};
  return account === undefined || region === undefined || name === undefined ? undefined : { account, region, name };
}
