import { header, type RequestHead } from '../../../core/http.js';
import { hostName } from '../../../gateway/host.js';
import { s3Error } from '../s3-error.js';

export interface S3Address {
  readonly bucket: string;
  readonly key: string;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw s3Error.invalidUri();
  }
}

/** The bucket that a host names: `<bucket>.s3.<region>.amazonaws.com`, `<bucket>.s3.localhost`, `<bucket>.localhost`. */
function bucketOfHost(host: string): string | undefined {
  return (
    /^(.+)\.s3[.-](?:[a-z0-9-]+\.)*(?:amazonaws\.com(?:\.cn)?|localhost)$/.exec(host)?.[1] ??
    /^(?!s3\.)([^.].*)\.localhost$/.exec(host)?.[1]
  );
}

/**
 * The bucket and key that a request is for, by its host or its path.
 *
 * @throws AwsError InvalidURI where the path is no UTF-8
 */
export function addressOf(request: RequestHead): S3Address {
  const bucket = bucketOfHost(hostName(header(request, 'host')));
  const path = request.path.startsWith('/') ? request.path.slice(1) : request.path;
  if (bucket !== undefined) return { bucket, key: decode(path) };
  const slash = path.indexOf('/');
  return slash === -1
    ? { bucket: decode(path), key: '' }
    : { bucket: decode(path.slice(0, slash)), key: decode(path.slice(slash + 1)) };
}

/** The path of a request's resource with the bucket before it, as sent: what Signature Version 2 signs. */
export function resourcePath(request: RequestHead): string {
  const bucket = bucketOfHost(hostName(header(request, 'host')));
  return bucket === undefined ? request.path : `/${bucket}${request.path}`;
}
