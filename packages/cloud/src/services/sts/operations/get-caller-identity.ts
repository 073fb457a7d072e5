import { principalArn, principalId } from '../../../core/principal.js';
import { stsOperation } from '../service-state.js';

/** Everybody may ask who they are, whatever their policies say. */
export const getCallerIdentity = stsOperation({
  name: 'GetCallerIdentity',
  access: () => [],
  handle: (_input, { principal }) => ({
    UserId: principalId(principal) ?? principal.account,
    Account: principal.account,
    Arn: principalArn(principal),
  }),
});
