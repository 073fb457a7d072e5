import { type HttpRequest, type HttpResponse, header } from '../../../core/http.js';
import { compileGlob, glob } from '../../../core/wildcard.js';
import type { CorsConfiguration } from '../model.js';

export interface Cors {
  /** The answer to a preflight; undefined if the request is not a preflight. */
  readonly preflight: (request: HttpRequest) => HttpResponse | undefined;
  /** The response with the gateway's CORS headers in the place of the function's own. */
  readonly apply: (request: HttpRequest, response: HttpResponse) => HttpResponse;
}

/** CORS of an HTTP API (developer guide, "Configure CORS for HTTP APIs in API Gateway"). */
export function corsOf(configuration: CorsConfiguration): Cors {
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge } = configuration;
  const patterns = allowOrigins.map(originPattern);

  function headersFor(request: HttpRequest, preflight: boolean): [string, string][] {
    const origin = header(request, 'origin');
    if (origin === undefined || !patterns.some((matches) => matches(origin.toLowerCase()))) return [];
    const headers: [string, string][] = [
      ['access-control-allow-origin', allowOrigins.includes('*') && !allowCredentials ? '*' : origin],
    ];
    if (allowCredentials) headers.push(['access-control-allow-credentials', 'true']);
    if (!allowOrigins.includes('*')) headers.push(['vary', 'Origin']);
    if (preflight) {
      if (allowMethods.length > 0) headers.push(['access-control-allow-methods', allowMethods.join(',')]);
      if (allowHeaders.length > 0) headers.push(['access-control-allow-headers', allowHeaders.join(',')]);
      if (maxAge !== undefined) headers.push(['access-control-max-age', String(maxAge)]);
    } else if (exposeHeaders.length > 0) headers.push(['access-control-expose-headers', exposeHeaders.join(',')]);
    return headers;
  }

  return {
    preflight: (request) => {
      if (request.method !== 'OPTIONS') return undefined;
      if (header(request, 'origin') === undefined || header(request, 'access-control-request-method') === undefined)
        return undefined;
      return { status: 204, headers: headersFor(request, true), body: '' };
    },
    apply: (request, response) => ({
      ...response,
      headers: [
        ...response.headers.filter(([name]) => !name.startsWith('access-control-')),
        ...headersFor(request, false),
      ],
    }),
  };
}

/** `*`, `https://*`, `http://*`, or one origin. */
function originPattern(origin: string): (origin: string) => boolean {
  return compileGlob(glob(origin.toLowerCase()));
}
