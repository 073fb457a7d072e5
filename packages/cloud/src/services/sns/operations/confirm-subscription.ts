import { AwsError } from '../../../core/aws-error.js';
import { onTopic, snsOperation } from '../service-state.js';
import { invalidParameter } from '../sns-error.js';
import { parseTopicArn } from '../topic-name.js';

/** Tokens of SNS are hexadecimal. */
const TOKEN = /^[0-9a-f]+$/;

/** The subscription is known by the token alone: a topic's ARN has to be one of the region, and no more. */
export const confirmSubscription = snsOperation({
  name: 'ConfirmSubscription',
  parse: ({ TopicArn, Token: token, AuthenticateOnUnsubscribe = 'false' }, scope) => {
    if (!TOKEN.test(token)) throw new AwsError('InvalidParameter', 'Invalid token');
    return {
      topic: parseTopicArn(TopicArn, scope),
      token,
      authenticateOnUnsubscribe: AuthenticateOnUnsubscribe.toLowerCase() === 'true',
    };
  },
  access: (row) => [onTopic(row, 'ConfirmSubscription')],
  handle: async ({ token, authenticateOnUnsubscribe }, call, { context, topics }) => {
    const subscription = topics.subscriptionOfToken(token);
    if (subscription === undefined) throw invalidParameter('Token');
    const { arn, pending, tokenEnds = 0 } = subscription;
    const isOver = !pending && topics.findSubscription(arn) !== undefined;
    if (!isOver) {
      if (tokenEnds < context.now()) throw invalidParameter('Token');
      await topics.putSubscription({
        ...subscription,
        pending: false,
        confirmedByLink: call.request === undefined,
        ...(authenticateOnUnsubscribe && { authenticateOnUnsubscribe }),
      });
    }
    return { SubscriptionArn: arn };
  },
});
