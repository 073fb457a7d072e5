import type { Operation } from '../../../core/operation.js';
import type { ApiStore } from '../api-store.js';
import { INVOKE_API, MANAGE_CONNECTIONS } from './verify-signature.js';

interface Asked {
  readonly methodArn: string;
  /** The API's own, JSON text. */
  readonly policy?: string;
}

/** An operation that has IAM decide about one resource. It has no HTTP form, so it can only be called in process. */
function question(name: string, action: string): Operation<ApiStore, Asked, object> {
  return {
    name,
    parse: (raw) => {
      const { methodArn, policy } = Object(raw);
      return { methodArn: String(methodArn), ...(typeof policy === 'string' && { policy }) };
    },
    access: (row) => [
      row({
        action,
        type: 'execute-api-general',
        on: ({ methodArn, policy }) => ({
          resource: methodArn,
          ...(policy !== undefined && { resourcePolicy: async () => policy }),
        }),
      }),
    ],
    handle: () => ({}),
  };
}

/** Has IAM decide whether a signer may call a method. */
export const invokeApi = question(INVOKE_API, 'execute-api:Invoke');

/** Has IAM decide whether a signer may manage a connection of a WebSocket API. */
export const manageConnections = question(MANAGE_CONNECTIONS, 'execute-api:ManageConnections');
