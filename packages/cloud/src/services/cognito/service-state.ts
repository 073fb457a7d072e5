import type { AccessRow, ConditionKeys, RowMaker, Target } from '../../core/access.js';
import type { CloudContext } from '../../core/cloud.js';
import { operationsOf } from '../../model/operation.js';
import { validationError } from '../../model/validate.js';
import type { SignInAttempts } from './auth/attempts.js';
import type { Sessions } from './auth/sessions.js';
import type { CognitoStore } from './cognito-store.js';
import { poolArn } from './pools/pool-record.js';
import type { Tokens } from './tokens/tokens.js';
import type { Triggers } from './triggers/triggers.js';
import type { Messages } from './users/messages.js';

/** The state that the operations of Amazon Cognito user pools share. */
export interface CognitoState {
  readonly context: CloudContext;
  readonly store: CognitoStore;
  readonly tokens: Tokens;
  readonly triggers: Triggers;
  readonly messages: Messages;
  readonly sessions: Sessions;
  readonly attempts: SignInAttempts;
}

/** An operation of Amazon Cognito user pools. */
export const cognitoOperation = operationsOf<CognitoState, 'cognito-idp'>(
  'cognito-idp',
  validationError('InvalidParameterException'),
);

interface PoolTarget extends Target {
  readonly id: string;
}

/** One action on the pool that the input names. */
export function onPool<Input extends { readonly UserPoolId: string }>(
  row: RowMaker<CognitoState, Input>,
  action: string,
  keys: ConditionKeys<CognitoState, NoInfer<Input>, PoolTarget> = {},
): AccessRow<CognitoState, Input> {
  return onPoolOf(row, action, ({ UserPoolId }) => UserPoolId, keys);
}

/** The same, where something else in the input names the pool. */
export function onPoolOf<Input>(
  row: RowMaker<CognitoState, Input>,
  action: string,
  idOf: (input: Input) => string,
  keys: ConditionKeys<CognitoState, NoInfer<Input>, PoolTarget> = {},
): AccessRow<CognitoState, Input> {
  return row<PoolTarget>({
    action: `cognito-idp:${action}`,
    type: 'userpool',
    on: (input, { account, region }) => {
      const id = idOf(input);
      return { resource: poolArn({ account, region, id }), id };
    },
    keys: {
      'aws:ResourceTag/*': ({ target, state }) => state.store.find(target.id)?.record.tags,
      ...keys,
    },
  });
}
