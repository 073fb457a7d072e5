import { anything } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { stsOperation } from '../service-state.js';

export const getAccessKeyInfo = stsOperation({
  name: 'GetAccessKeyInfo',
  limits: { AccessKeyId: { min: 16, max: 128, pattern: /[\w]*/ } },
  access: (row) => [row({ action: 'sts:GetAccessKeyInfo', on: anything })],
  handle: async ({ AccessKeyId }, _call, { credentials }) => {
    const holder = await credentials.find(AccessKeyId);
    if (!holder) throw new AwsError('ValidationError', `Access key ID ${AccessKeyId} is not known to the local cloud`);
    return { Account: holder.principal.account };
  },
});
