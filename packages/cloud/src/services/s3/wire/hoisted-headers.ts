import { header, type RequestHead } from '../../../core/http.js';

/** Headers that a presigned URL may have as query parameters, beside AWS's own. */
const HEADERS = new Set(['content-md5', 'content-type', 'if-match', 'if-none-match']);

/** Parameters of the signature itself. */
const OF_SIGNATURE = /^x-amz-(?:algorithm|credential|date|expires|security-token|signature|signedheaders)$/;

/**
 * The head of a presigned request with the headers that its URL holds: what signs URLs puts headers there, so that
 * whoever uses one need not send them.
 */
export function withHoistedHeaders(head: RequestHead): RequestHead {
  if (!/(?:^|&)(?:X-Amz-Signature|Signature)=/.test(head.query)) return head;
  const hoisted = [...new URLSearchParams(head.query)]
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => HEADERS.has(name) || (name.startsWith('x-amz-') && !OF_SIGNATURE.test(name)))
    .filter(([name]) => header(head, name) === undefined);
  if (hoisted.length === 0) return head;
  const { method, path, query, headers, sourceIp, signal } = head;
  return { method, path, query, headers: [...headers, ...hoisted], sourceIp, signal };
}
