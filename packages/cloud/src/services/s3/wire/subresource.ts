import type { RequestHead } from '../../../core/http.js';
import { s3Error } from '../s3-error.js';

/** Query parameters that change what a request means. One that no operation of ours takes is refused. */
export const SUBRESOURCES: ReadonlySet<string> = new Set([
  'abac',
  'accelerate',
  'acl',
  'analytics',
  'attributes',
  'cors',
  'delete',
  'encryption',
  'encryption-context',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'lifecycle',
  'list-type',
  'location',
  'logging',
  'metadataConfiguration',
  'metadataTable',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'partNumber',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'renameObject',
  'replication',
  'requestPayment',
  'restore',
  'retention',
  'select',
  'session',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versioning',
  'versions',
  'website',
]);

/** Headers that request unsupported features. Ignoring them would report a success that did not happen. */
const REFUSED_HEADERS = [
  /^x-amz-object-lock-/,
  /^x-amz-(?:copy-source-)?server-side-encryption-customer-/,
  /^x-amz-grant-/,
  /^x-amz-website-redirect-location$/,
  /^x-amz-bucket-object-lock-enabled$/,
  /^x-amz-write-offset-bytes$/,
];

/** @throws AwsError NotImplemented */
export function refuseUnsupportedHeaders(request: RequestHead): void {
  for (const [name, value] of request.headers) {
    if (!name.startsWith('x-amz-')) continue;
    if (REFUSED_HEADERS.some((pattern) => pattern.test(name)) && value !== 'false') {
      throw s3Error.notImplemented(`the header ${name}`);
    }
    if (name === 'x-amz-acl' && /^(public-|authenticated-read)/.test(value)) {
      throw s3Error.notImplemented(`the access control list ${value}`);
    }
  }
}
