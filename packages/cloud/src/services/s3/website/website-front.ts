import { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import type { Front } from '../../../core/front.js';
import { type HttpRequest, type HttpResponse, header, type RequestHead } from '../../../core/http.js';
import { internalCall } from '../../../core/internal-call.js';
import type { Call } from '../../../core/operation.js';
import { ANONYMOUS } from '../../../core/principal.js';
import { hostName } from '../../../gateway/host.js';
import type { BucketStore } from '../buckets/bucket-store.js';
import { s3Error } from '../s3-error.js';
import { heading, hostIdOf, type S3Protocol } from '../wire/s3-protocol.js';
import { errorPage } from './error-page.js';
import { type Redirection, redirectionOfAll, routed, shownKey, type Website } from './routing.js';

/** `<bucket>.s3-website-<region>.amazonaws.com`, with a dot before younger regions, and the same below `localhost`. */
const HOST = /^(?<bucket>.+)\.s3-website(?:[.-][a-z]{2}(?:-[a-z]+)+-\d+)?\.(?:amazonaws\.com(?:\.cn)?|localhost)$/;
/** The address of a website for clients that resolve no such name. */
const PATH = /^\/_website\/(?<bucket>[^/]+)(?<rest>\/.*)?$/;

/** A request of a visitor. */
interface Visit {
  readonly bucket: string;
  /** Decoded, without the slash before it. */
  readonly key: string;
  /** The text before each key in an address of the website: `/`, or `/_website/<bucket>/`. */
  readonly base: string;
}

function visitOf(request: RequestHead): Visit | undefined {
  const bucket = HOST.exec(hostName(header(request, 'host')))?.groups?.bucket;
  if (bucket !== undefined) return { bucket, key: decode(request.path.slice(1)), base: '/' };
  const found = PATH.exec(request.path)?.groups;
  if (found?.bucket === undefined) return undefined;
  return { bucket: found.bucket, key: decode(found.rest?.slice(1) ?? ''), base: `/_website/${found.bucket}/` };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const asPath = (key: string): string => key.split('/').map(encodeURIComponent).join('/');

/** The websites of buckets: whoever visits reads what the bucket's policy lets everybody read. */
export function websiteFront(
  { dispatch }: Pick<CloudContext, 'dispatch'>,
  buckets: Pick<BucketStore, 'find'>,
  protocol: S3Protocol,
): Front {
  /** @throws AwsError */
  async function show(website: Website, visit: Visit, call: Call, request: HttpRequest): Promise<HttpResponse> {
    const moved = redirectionOfAll(website, visit.key) ?? routed(website, visit.key);
    if (moved) return redirect(moved, visit, request);
    const key = shownKey(website, visit.key);
    try {
      return await read(key, visit, call, request);
    } catch (error) {
      if (!(error instanceof AwsError) || (error.status !== 404 && error.status !== 403)) throw error;
      if (key === visit.key && (await isThere(`${key}/${website.IndexDocument?.Suffix ?? ''}`, visit, call))) {
        return answer(302, call, [['location', `${visit.base}${asPath(key)}/`]]);
      }
      const afterError = routed(website, visit.key, error.status);
      if (afterError) return redirect(afterError, visit, request);
      return fail(error, website.ErrorDocument?.Key, visit, call, request);
    }
  }

  function redirect({ status, protocol: scheme, host, key }: Redirection, visit: Visit, request: HttpRequest) {
    const at = host ?? header(request, 'host') ?? '';
    const path = host === undefined ? `${visit.base}${asPath(key)}` : `/${asPath(key)}`;
    return answer(status, undefined, [['location', `${scheme ?? 'http'}://${at}${path}`]]);
  }

  /** @throws AwsError for what is not there, or is not everybody's to read */
  async function read(key: string, visit: Visit, call: Call, request: HttpRequest): Promise<HttpResponse> {
    const operation = request.method === 'HEAD' ? 'HeadObject' : 'GetObject';
    const since = header(request, 'if-modified-since');
    const input = {
      Bucket: visit.bucket,
      Key: key,
      IfNoneMatch: header(request, 'if-none-match'),
      IfModifiedSince: since === undefined ? undefined : new Date(since),
      Range: header(request, 'range'),
    };
    const { WebsiteRedirectLocation: location, ...output } = await dispatch('s3', operation, input, call);
    if (location !== undefined) {
      const path = location.startsWith('/') ? `${visit.base}${location.slice(1)}` : location;
      return answer(301, call, [['location', path]]);
    }
    return protocol.encode(operation, output, call.requestId, request);
  }

  async function isThere(Key: string, { bucket: Bucket }: Visit, call: Call): Promise<boolean> {
    try {
      await dispatch('s3', 'HeadObject', { Bucket, Key }, call);
      return true;
    } catch (error) {
      if (error instanceof AwsError) return false;
      throw error;
    }
  }

  /** The website's own page for an error, or S3's. */
  async function fail(
    error: AwsError,
    document: string | undefined,
    visit: Visit,
    call: Call,
    request: HttpRequest,
  ): Promise<HttpResponse> {
    if (document === undefined) return page(error, call, request);
    try {
      const input = { Bucket: visit.bucket, Key: document };
      const { WebsiteRedirectLocation: location, ...output } = await dispatch('s3', 'GetObject', input, call);
      if (location !== undefined) return await read(location.replace(/^\//, ''), visit, call, request);
      return { ...protocol.encode('GetObject', output, call.requestId, request), status: error.status };
    } catch (failure) {
      if (!(failure instanceof AwsError)) throw failure;
      return page(error, call, request, failure);
    }
  }

  function page(error: AwsError, call: Call, request: HttpRequest, custom?: AwsError): HttpResponse {
    const ids = [
      ['RequestId', call.requestId],
      ['HostId', hostIdOf(call.requestId)],
    ] as const;
    const body = request.method === 'HEAD' || error.status === 304 ? '' : errorPage(error, ids, custom);
    const headers = [
      ...heading(call.requestId),
      ['x-amz-error-code', error.code],
      ['x-amz-error-message', error.message],
      ['content-type', 'text/html; charset=utf-8'],
    ] as const;
    return { status: error.status, headers, body };
  }

  function answer(status: number, call: Call | undefined, own: HttpResponse['headers']): HttpResponse {
    return { status, headers: [...(call ? heading(call.requestId) : []), ...own, ['content-length', '0']], body: '' };
  }

  return {
    ownsHost: (name) => HOST.test(name),
    matches: (request) => visitOf(request) !== undefined,
    maxBody: 1_048_576,
    handle: async (request) => {
      const visit = visitOf(request) ?? { bucket: '', key: '', base: '/' };
      const bucket = await buckets.find(visit.bucket);
      const { account = '', region = '' } = bucket ?? {};
      const call = internalCall({ account, region }, ANONYMOUS);
      try {
        if (bucket === undefined) throw s3Error.noSuchBucket(visit.bucket);
        if (request.method !== 'GET' && request.method !== 'HEAD') {
          throw s3Error.methodNotAllowed(request.method, 'OBJECT');
        }
        const { website } = bucket.settings;
        if (website === undefined) throw noWebsite(visit.bucket);
        return await show(website, visit, call, request);
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return page(error, call, request);
      }
    },
  };
}

function noWebsite(bucket: string): AwsError {
  const message = 'The specified bucket does not have a website configuration';
  return new AwsError('NoSuchWebsiteConfiguration', message, 404, { BucketName: bucket });
}
