/** The properties of CDK's queues and topics, including imported ones, and of their L1 constructs. */
const SAYS_SO = ['fifo', 'fifoQueue', 'fifoTopic'];

export function isFifo(resource: object): boolean {
  return SAYS_SO.some((member) => Reflect.get(resource, member) === true);
}
