export const GOBLET_COOKIE_NAME =
  '`cookie` got a name that RFC 6265 does not allow. Use letters, digits and the characters of a token.';

export const cookieName = (name: string) => `GOBLET_COOKIE_NAME: ${JSON.stringify(name)} is not a cookie name`;

export const GOBLET_HEADER =
  'A response header has a name or value that HTTP does not allow; the client gets a 500 without details. Encode the value, and never put unchecked input into a header.';

export const invalidHeader = (name: string) => `GOBLET_HEADER: ${JSON.stringify(name)} cannot be sent`;

export const GOBLET_RESPONSE =
  'A result does not match the route’s response schema. The client gets a 500 without details, and the log has the issues. Correct the handler or the schema.';

export const mismatch = (status: number) =>
  `GOBLET_RESPONSE: the result for status ${status} does not match the response schema`;

export const GOBLET_RESULT =
  'A handler returned a function or a symbol, which cannot be JSON. Return data, text, bytes, a stream, a `reply` or a Web `Response`.';

export const noJson = (body: unknown) => `GOBLET_RESULT: a ${typeof body} has no JSON`;

export const GOBLET_RESULT_TOO_LARGE =
  'A response is larger than the 6 MB that Lambda can buffer, or the 1 MB that an ALB accepts. Give the route `stream: true`, or return a link to S3.';

export const resultTooLarge = 'GOBLET_RESULT_TOO_LARGE: stream it';

export const GOBLET_STATUS = 'A reply has an invalid status; the client gets a 500 without details. Use 200 to 599.';

export const invalidStatus = (status: unknown) => `GOBLET_STATUS: a response has no status ${status}`;
