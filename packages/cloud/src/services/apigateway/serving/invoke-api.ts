import type { Operation } from '../../../core/operation.js';
import type { ApiStore } from '../api-store.js';
import { INVOKE_API } from './verify-signature.js';

/** Has IAM decide whether a signer may call a method. It has no HTTP form, so it can only be called in process. */
export const invokeApi: Operation<ApiStore, { readonly methodArn: string }, Record<string, never>> = {
  name: INVOKE_API,
  parse: (raw) => ({ methodArn: String(Object(raw).methodArn) }),
  access: (row) => [
    row({
      action: 'execute-api:Invoke',
      type: 'execute-api-general',
      on: ({ methodArn }) => ({ resource: methodArn }),
    }),
  ],
  handle: () => ({}),
};
