import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpRequest, HttpResponse } from '../core/http.js';
import { readRequest } from './read-request.js';
import { writeResponse } from './write-response.js';

/**
 * Puts a function of requests behind a `node:http` server.
 *
 * @param answer must not reject: an error breaks the connection
 * @param onFailure receives the error
 */
export function requestListener(
  answer: (request: HttpRequest) => Promise<HttpResponse>,
  onFailure: (error: unknown) => void,
): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  return (incoming, outgoing) => {
    readRequest(incoming, outgoing)
      .then(answer)
      .then((response) => writeResponse(outgoing, response))
      .catch((error: unknown) => {
        if (!incoming.destroyed || incoming.complete) onFailure(error);
        outgoing.destroy();
      });
  };
}
