import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpResponse, RequestHead } from '../core/http.js';
import { readHead } from './request-head.js';
import { type BodySource, messageBody } from './unread-body.js';
import { answerAndClose, writeResponse } from './write-response.js';

/** One request and the way to answer it, of either version of HTTP. */
export interface Exchange {
  readonly head: RequestHead;
  readonly body: BodySource;
  /** Answers a request whose body was read, or is short. */
  readonly answer: (response: HttpResponse) => Promise<void>;
  /** Answers a request whose body is not going to be read, and makes its client stop sending. */
  readonly refuse: (response: HttpResponse) => Promise<void>;
  /** Breaks off: there is no answer. */
  readonly abort: () => void;
}

/** An exchange of HTTP/1.1. @param expectsContinue whether the client waits for `100 Continue` before it sends the body */
export function messageExchange(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  expectsContinue: boolean,
): Exchange {
  return {
    head: readHead(incoming, outgoing),
    body: messageBody(incoming, outgoing, expectsContinue),
    answer: (response) => writeResponse(outgoing, response),
    refuse: (response) => answerAndClose(incoming, outgoing, response),
    abort: () => outgoing.destroy(),
  };
}
