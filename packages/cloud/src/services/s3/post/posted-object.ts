import type { CloudContext } from '../../../core/cloud.js';
import { type HttpResponse, header, type RequestHead } from '../../../core/http.js';
import { ANONYMOUS } from '../../../core/principal.js';
import type { Admitted, DecodedCall } from '../../../core/service.js';
import { encodeRfc3986 } from '../../../gateway/signature.js';
import { writeXml, XML_DECLARATION } from '../../../gateway/xml.js';
import type { BucketRecord } from '../buckets/bucket-record.js';
import { literalMetadata } from '../objects/metadata.js';
import { s3Error } from '../s3-error.js';
import { type PostedFile, type PostedForm, readForm } from './form-data.js';
import { checkPolicy, type SizeRange } from './post-policy.js';
import { signerOf } from './post-signature.js';
import { readTagSet } from './tagging-field.js';

type Fields = PostedForm['fields'];

/** Fields that are headers of the object under another name. */
const HEADERS: Readonly<Record<string, string>> = { acl: 'x-amz-acl' };

/** Fields that become headers of the object as they are. */
const isHeader = (name: string): boolean =>
  /^(?:cache-control|content-disposition|content-encoding|content-type|expires)$/.test(name) ||
  /^x-amz-(?:meta-|storage-class$|server-side-encryption|website-redirect-location$|object-lock-|checksum-)/.test(name);

/** A field is Unicode, and a header is not: S3 puts a space where a character is not of Latin-1. */
const headerText = (value: string): string => value.replace(/[\u{100}-\u{10ffff}]/gu, ' ');

function headersOf(fields: Fields, file: PostedFile): [string, string][] {
  const headers = [...fields].flatMap(([name, value]): [string, string][] => {
    const known = HEADERS[name];
    if (known !== undefined) return [[known, value]];
    if (name.startsWith('x-amz-meta-')) return [[name, literalMetadata(value)]];
    return isHeader(name) ? [[name, headerText(value)]] : [];
  });
  const tagging = fields.get('tagging');
  if (tagging !== undefined) headers.push(['x-amz-tagging', new URLSearchParams(readTagSet(tagging)).toString()]);
  const isTyped = fields.has('content-type') || file.contentType === undefined;
  return isTyped ? headers : [...headers, ['content-type', file.contentType ?? '']];
}

/** The bytes of a file whose policy limits how many there are. @throws AwsError EntityTooLarge, EntityTooSmall */
async function* within(bytes: AsyncIterable<Uint8Array>, { min, max }: SizeRange): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size <= max) yield piece;
  }
  if (size > max) throw s3Error.tooLarge(size, max);
  if (size < min) throw s3Error.tooSmall(size, min);
}

/** The call that stores the file, read from the head that a PUT of it would have. */
export type Decode = (head: RequestHead, body: AsyncIterable<Uint8Array>) => DecodedCall;

/** S3's answer to a form: as the form wants it. */
function respond(fields: Fields, { name, region }: BucketRecord, key: string, output: unknown): HttpResponse {
  const { ETag = '', VersionId } = Object(output);
  const path = encodeRfc3986(key).replaceAll('%2F', '/');
  const location = `http://${name}.s3.${region}.amazonaws.com/${path}`;
  const headers: [string, string][] = [
    ['server', 'AmazonS3'],
    ['etag', String(ETag)],
    ['location', location],
  ];
  if (VersionId !== undefined) headers.push(['x-amz-version-id', String(VersionId)]);
  const redirect = fields.get('success_action_redirect') ?? fields.get('redirect');
  if (redirect !== undefined && URL.canParse(redirect)) {
    const target = new URL(redirect);
    for (const [parameter, value] of Object.entries({ bucket: name, key, etag: String(ETag) })) {
      target.searchParams.append(parameter, value);
    }
    const others = headers.filter(([header]) => header !== 'location');
    return { status: 303, headers: [...others, ['location', target.toString()]], body: '' };
  }
  const status = fields.get('success_action_status');
  if (status !== '201') return { status: status === '200' ? 200 : 204, headers, body: '' };
  const body = { Location: location, Bucket: name, Key: key, ETag };
  headers.push(['content-type', 'application/xml']);
  return { status: 201, headers, body: XML_DECLARATION + writeXml('PostResponse', body) };
}

/**
 * Admits a form that a web page posts to a bucket ("Browser-based uploads using POST", S3 API Reference).
 *
 * @throws AwsError PreconditionFailed, InvalidArgument, SignatureDoesNotMatch, AccessDenied
 */
export async function admitForm(
  head: RequestHead,
  body: AsyncIterable<Uint8Array>,
  bucket: BucketRecord,
  decode: Decode,
  { credentials, now }: Pick<CloudContext, 'credentials' | 'now'>,
): Promise<Admitted> {
  const type = header(head, 'content-type') ?? '';
  const boundary = /^multipart\/form-data\b.*;\s*boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary === undefined) {
    throw s3Error.preconditionFailed('Bucket POST must be of the enclosure-type multipart/form-data');
  }
  const { fields, file } = await readForm(body, boundary);
  const policy = fields.get('policy');
  const principal = policy === undefined ? ANONYMOUS : await signerOf(fields, policy, credentials, now());
  const range = policy === undefined ? undefined : checkPolicy(policy, fields, bucket.name, now());
  const template = fields.get('key');
  if (template === undefined || !file) {
    const missing = template === undefined ? 'key' : 'file';
    const message = `Bucket POST must contain a field named '${missing}'.  If it is specified, please check the order of the fields.`;
    throw s3Error.invalidArgument(message, missing, '');
  }
  const key = template.replaceAll('${filename}', file.name);
  const { sourceIp, signal } = head;
  const stored: RequestHead = {
    method: 'PUT',
    path: `/${bucket.name}/${encodeRfc3986(key)}`,
    query: '',
    headers: headersOf(fields, file),
    sourceIp,
    signal,
  };
  const { input } = decode(stored, range ? within(file.bytes, range) : file.bytes);
  return {
    principal,
    account: policy === undefined ? bucket.account : principal.account,
    region: bucket.region,
    presigned: false,
    call: { operation: 'PostObject', input },
    encode: (output) => respond(fields, bucket, key, output),
  };
}
