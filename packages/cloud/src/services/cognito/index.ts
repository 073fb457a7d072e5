import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { jsonProtocol } from '../../gateway/protocols/json.js';
import { SignInAttempts } from './auth/attempts.js';
import { Sessions } from './auth/sessions.js';
import { CognitoStore } from './cognito-store.js';
import { operations } from './operations/index.js';
import { resourceTypes } from './resources/index.js';
import { admit, isForPools, webAccess } from './serving/admit.js';
import { poolFront } from './serving/front.js';
import { Tokens } from './tokens/tokens.js';
import { Triggers } from './triggers/triggers.js';
import { Messages } from './users/messages.js';

/** Amazon Cognito user pools: users who sign up and sign in, and tokens that everybody can verify. */
export function cognito(context: CloudContext): Service {
  const store = new CognitoStore(context.store.root.area('cognito-idp'));
  const tokens = new Tokens(context, store);
  const triggers = new Triggers(context);
  const state = {
    context,
    store,
    tokens,
    triggers,
    messages: new Messages(context, triggers),
    sessions: new Sessions(tokens, context.now),
    attempts: new SignInAttempts(context.now),
  };
  const protocol = jsonProtocol('cognito-idp');
  return {
    name: 'cognito-idp',
    signingNames: ['cognito-idp'],
    protocol,
    isForUnsigned: isForPools,
    admit: (head, body) => admit(head, body, { protocol, store, tokens }),
    webAccess,
    operations: bindOperations(state, operations),
    resourceTypes,
    fronts: [poolFront(state)],
    start: () => store.load(),
  };
}
