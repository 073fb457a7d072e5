import { createHash } from 'node:crypto';
import type { Delivery } from './messages.js';

/** The delivery of a code to a user who is not there, the same for the same name. */
export function simulatedDelivery(username: string): Delivery {
  const letters = createHash('sha256').update(username).digest('hex').replace(/\d/g, '');
  return {
    Destination: `${letters.charAt(0)}***@${letters.charAt(1)}***`,
    DeliveryMedium: 'EMAIL',
    AttributeName: 'email',
  };
}
