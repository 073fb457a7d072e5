import { operation } from '../../../core/operation.js';
import { type Principal, principalArn } from '../../../core/principal.js';
import type { StsState } from '../sts-state.js';

function userId(principal: Principal): string {
  return principal.kind === 'assumedRole' ? `${principal.roleId}:${principal.sessionName}` : principal.account;
}

/** Everybody may ask who they are, whatever their policies say. */
export const getCallerIdentity = operation<StsState>()({
  name: 'GetCallerIdentity',
  parse: () => undefined,
  access: () => [],
  handle: (_input, { principal }) => ({
    Arn: principalArn(principal),
    UserId: userId(principal),
    Account: principal.account,
  }),
});
