import type { Operation } from '../../../core/operation.js';
import type { ApiStore } from '../api-store.js';
import { INVOKE_API } from './verify-signature.js';

interface Invocation {
  readonly methodArn: string;
  /** The API's own, JSON text. */
  readonly policy?: string;
}

/** Has IAM decide whether a signer may call a method. It has no HTTP form, so it can only be called in process. */
export const invokeApi: Operation<ApiStore, Invocation, Record<string, never>> = {
  name: INVOKE_API,
  parse: (raw) => {
    const { methodArn, policy } = Object(raw);
    return { methodArn: String(methodArn), ...(typeof policy === 'string' && { policy }) };
  },
  access: (row) => [
    row({
      action: 'execute-api:Invoke',
      type: 'execute-api-general',
      on: ({ methodArn, policy }) => ({
        resource: methodArn,
        ...(policy !== undefined && { resourcePolicy: async () => policy }),
      }),
    }),
  ],
  handle: () => ({}),
};
