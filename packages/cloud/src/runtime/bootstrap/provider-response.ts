import { createRequire, syncBuiltinESMExports } from 'node:module';

/** The host of AWS that providers of custom resources answer to, over HTTPS whatever the URL says. */
const HOST = /^cloudformation-custom-resource-response-[a-z0-9]+\.s3\.amazonaws\.com(\.cn)?$/;
const PREFIX = 'cloudformation-custom-resource-response-';
const PATH = '/_cloudformation/responses';

type Options = Record<string, unknown>;

let installed = false;

/**
 * Leads answers to a custom resource's response URL to the local cloud, by `https` and by `fetch`. Done at the first event
 * that has such a URL at any depth: providers hand their event on to other functions. No other request is touched.
 */
export function leadResponsesHome(event: Buffer, endpoint: string): void {
  if (installed || !event.includes(PREFIX)) return;
  installed = true;
  const require = createRequire(import.meta.url);
  const http: typeof import('node:http') = require('node:http');
  const https: typeof import('node:https') = require('node:https');
  const secure = https.request;
  Object.assign(https, {
    request: (...given: Parameters<typeof secure>) => {
      const [options, listener] = parameters(given);
      if (!HOST.test(String(options.hostname ?? options.host ?? ''))) return secure(...given);
      const { hostname, port } = new URL(endpoint);
      const headers = withoutHost(options.headers);
      const path = PATH + String(options.path ?? '/').replace(/\?.*$/, '');
      return http.request({ method: String(options.method ?? 'GET'), headers, hostname, port, path }, listener);
    },
  });
  syncBuiltinESMExports();
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => {
    const asked = input instanceof Request ? input.url : String(input);
    if (!HOST.test(hostOf(asked))) return fetch(input, init);
    const local = `${endpoint}${PATH}${new URL(asked).pathname}`;
    return input instanceof Request ? fetch(new Request(local, input), init) : fetch(local, init);
  };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}

/** The arguments of `https.request(url, options, listener)` in its several forms. */
function parameters(given: readonly unknown[]): readonly [Options, ((response: unknown) => void) | undefined] {
  const [first, second, third] = given;
  const ofUrl = typeof first === 'string' || first instanceof URL ? urlOptions(new URL(first)) : { ...Object(first) };
  const listener = [second, third].find((one) => typeof one === 'function');
  const options = typeof second === 'object' && second !== null ? { ...ofUrl, ...second } : ofUrl;
  return [options, typeof listener === 'function' ? (response) => listener(response) : undefined];
}

function urlOptions({ hostname, pathname, search }: URL): Options {
  return { hostname, path: pathname + search };
}

function withoutHost(headers: unknown): Record<string, string> {
  const entries = Object.entries(Object(headers)).filter(([name]) => name.toLowerCase() !== 'host');
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}
