/** As CDK's queues and topics say it, those that are imported by name included, and as their L1 do. */
const SAYS_SO = ['fifo', 'fifoQueue', 'fifoTopic'];

export function isFifo(resource: object): boolean {
  return SAYS_SO.some((member) => Reflect.get(resource, member) === true);
}
