import { type HttpRequest, header } from '../../../core/http.js';
import { cookiesOf, type Exchange, headersOf, isText, queryOf, requestTime } from '../../execute-api/index.js';

/** Who signed a request, as its event names them. */
export type UrlCaller = Readonly<Record<'accessKey' | 'accountId' | 'callerId' | 'userArn' | 'userId', string>>;

/**
 * The event of a function URL, payload format 2.0 ("Invoking Lambda function URLs", AWS Lambda Developer Guide). Its
 * path is as it was sent.
 * @param caller undefined for who needs no signature
 */
export function urlEvent(exchange: Exchange, urlId: string, caller: UrlCaller | undefined): Record<string, unknown> {
  const { request, requestId, time } = exchange;
  const text = isText(header(request, 'content-type'));
  const cookies = cookiesOf(exchange);
  const query = queryOf(request.query);
  const empty = request.body.length === 0;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: request.path,
    rawQueryString: request.query,
    ...(cookies.length > 0 && { cookies }),
    headers: headersOf(exchange),
    ...(query && { queryStringParameters: query }),
    requestContext: {
      accountId: caller?.accountId ?? 'anonymous',
      apiId: urlId,
      ...(caller && { authorizer: { iam: { ...caller, cognitoIdentity: null, principalOrgId: null } } }),
      domainName: header(request, 'host') ?? '',
      domainPrefix: urlId,
      http: httpOf(request),
      requestId,
      routeKey: '$default',
      stage: '$default',
      time: requestTime(time),
      timeEpoch: time,
    },
    ...(!empty && { body: Buffer.from(request.body).toString(text ? 'utf8' : 'base64') }),
    isBase64Encoded: !empty && !text,
  };
}

function httpOf(request: HttpRequest) {
  return {
    method: request.method,
    path: request.path,
    protocol: 'HTTP/1.1',
    sourceIp: request.sourceIp,
    userAgent: header(request, 'user-agent') ?? '',
  };
}
