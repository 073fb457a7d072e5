import { header, type RequestHead } from '../../core/http.js';
import type { Protocol } from '../../core/service.js';
import { AMZ_CBOR, cborKindOf, cborProtocol, RPC_V2_CBOR } from './cbor.js';

function isForm(request: RequestHead): boolean {
  if (header(request, 'x-amz-target') !== undefined) return false;
  return (
    request.method === 'GET' ||
    (header(request, 'content-type') ?? '').includes('x-www-form-urlencoded') ||
    request.query.includes('Action=')
  );
}

/** A JSON service that older clients still ask in the query protocol: the look of a request says which it is. */
export function jsonOrQuery(json: Protocol, query: Protocol): Protocol {
  const of = (request: RequestHead): Protocol => (isForm(request) ? query : json);
  return chosen('json', of);
}

/** A JSON service that is also asked in either protocol of CBOR: its answer is in the one that the client chose. */
export function jsonOrCbor(json: Protocol, service: string): Protocol {
  const protocols = new Map([AMZ_CBOR, RPC_V2_CBOR].map((kind) => [kind, cborProtocol(service, kind)]));
  const of = (request: RequestHead): Protocol => {
    const kind = cborKindOf(request);
    return (kind && protocols.get(kind)) ?? json;
  };
  return chosen(json.family, of);
}

function chosen(family: Protocol['family'], of: (request: RequestHead) => Protocol): Protocol {
  return {
    family,
    decode: (request) => of(request).decode(request),
    encode: (operation, output, requestId, request) => of(request).encode(operation, output, requestId, request),
    encodeError: (error, requestId, request) => of(request).encodeError(error, requestId, request),
  };
}
