import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpRequest, HttpResponse } from '../core/http.js';
import { readHead, withBody } from './request-head.js';
import { BodyStalled, BodyTooLarge, messageBody, unreadBody } from './unread-body.js';
import { answerAndClose, writeResponse } from './write-response.js';

const STALLED: HttpResponse = {
  status: 408,
  headers: [['content-type', 'application/json']],
  body: '{"message":"Request Timeout"}',
};

/**
 * Puts a function of requests behind a `node:http` server.
 *
 * @param answer must not reject: an error breaks the connection
 * @param onFailure receives the error
 * @param maxBody the largest body that `answer` accepts, in bytes; of a larger one it gets `bodyTooLarge`
 */
export function requestListener(
  answer: (request: HttpRequest) => Promise<HttpResponse>,
  onFailure: (error: unknown) => void,
  maxBody: number,
): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const head = readHead(incoming, outgoing);
    const body = unreadBody(messageBody(incoming, outgoing));
    try {
      const held = await body.hold(maxBody);
      await writeResponse(outgoing, await answer(withBody(head, { body: held })));
    } catch (error) {
      if (error instanceof BodyStalled) return answerAndClose(incoming, outgoing, STALLED);
      if (!(error instanceof BodyTooLarge)) throw error;
      const request = withBody(head, { body: new Uint8Array(0), bodyTooLarge: true });
      await answerAndClose(incoming, outgoing, await answer(request));
    }
  }
  return (incoming, outgoing) => {
    serve(incoming, outgoing).catch((error: unknown) => {
      if (!incoming.destroyed || incoming.complete) onFailure(error);
      outgoing.destroy();
    });
  };
}
