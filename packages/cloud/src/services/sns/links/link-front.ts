import { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import type { Front } from '../../../core/front.js';
import { type HttpResponse, header, type RequestHead } from '../../../core/http.js';
import { internalCall } from '../../../core/internal-call.js';
import { randomId } from '../../../core/random-id.js';
import type { Protocol } from '../../../core/service.js';
import { hostName, isLoopback } from '../../../gateway/host.js';
import { isCertificatePath, type SigningKey } from '../signing/signing-key.js';
import { invalidParameter } from '../sns-error.js';
import type { SubscriptionRecord } from '../subscription-record.js';
import type { TopicStore } from '../topic-store.js';

type Operation = 'ConfirmSubscription' | 'Unsubscribe';

interface Link {
  readonly operation: Operation;
  readonly input: Readonly<Record<string, string>>;
  readonly subscription: SubscriptionRecord | undefined;
}

/** The call that the query of a link is, with the subscription that it is about. */
function linkOf(query: URLSearchParams, topics: TopicStore): Link {
  const [TopicArn = '', Token = '', SubscriptionArn = ''] = ['TopicArn', 'Token', 'SubscriptionArn'].map(
    (name) => query.get(name) ?? '',
  );
  if (query.get('Action') === 'Unsubscribe') {
    const subscription = topics.findSubscription(SubscriptionArn);
    return { operation: 'Unsubscribe', input: { SubscriptionArn }, subscription };
  }
  const subscription = topics.subscriptionOfToken(Token);
  return { operation: 'ConfirmSubscription', input: { TopicArn, Token }, subscription };
}

/** True of a request for a link that SNS sends, which nobody signs. */
function isLink({ path, query, headers, method }: RequestHead): boolean {
  if (method !== 'GET' || path !== '/' || headers.some(([name]) => name === 'authorization')) return false;
  const parameters = new URLSearchParams(query);
  const action = parameters.get('Action');
  return (action === 'ConfirmSubscription' || action === 'Unsubscribe') && !parameters.has('X-Amz-Signature');
}

/**
 * The addresses that SNS writes into its messages: the certificate that they are signed with, and the links by which an
 * endpoint confirms its subscription or ends it. Who has the token or the subscription's ARN needs no credentials.
 */
export function linkFront(
  { dispatch }: Pick<CloudContext, 'dispatch'>,
  topics: TopicStore,
  signingKey: SigningKey,
  protocol: Protocol,
): Front {
  async function follow(request: RequestHead): Promise<HttpResponse> {
    const { operation, input, subscription } = linkOf(new URLSearchParams(request.query), topics);
    const requestId = randomId.uuid();
    try {
      const [, , , region = '', account = ''] = (subscription?.topicArn ?? '').split(':');
      if (subscription === undefined && operation === 'ConfirmSubscription') throw invalidParameter('Token');
      if (operation === 'ConfirmSubscription' && input.TopicArn?.split(':')[3] !== region) {
        throw invalidParameter('Topic');
      }
      if (operation === 'Unsubscribe' && subscription?.authenticateOnUnsubscribe) {
        throw new AwsError('AuthorizationError', 'Only the owner of this subscription may end it', 403);
      }
      // A link is good for what it names, and for nothing else.
      const call = { ...internalCall({ account, region }, { kind: 'root', account }), requestId };
      const output = subscription === undefined ? {} : await dispatch('sns', operation, input, call);
      return protocol.encode(operation, output, requestId, request);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return protocol.encodeError(error, requestId, request);
    }
  }

  return {
    matches: (request) => {
      const host = hostName(header(request, 'host'));
      const isOwn = isLoopback(host) || host.startsWith('sns.');
      return isOwn && (isCertificatePath(request.path) || isLink(request));
    },
    maxBody: 0,
    handle: async (request) => {
      if (!isCertificatePath(request.path)) return follow(request);
      const { path, certificate } = await signingKey.certificate();
      if (request.path !== path) return { status: 404, headers: [['content-type', 'text/plain']], body: 'Not Found' };
      return { status: 200, headers: [['content-type', 'application/x-pem-file']], body: certificate };
    },
  };
}
