import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Front } from '../../../core/front.js';
import type { HttpResponse, RequestHead } from '../../../core/http.js';
import type { Scope } from '../../../core/operation.js';

/** Where the bytes of a package are: a function's by its hash, a layer's by its name and version. */
export interface CodePlace extends Scope {
  readonly kind: 'functions' | 'layers';
  readonly key: string;
}

const PREFIX = '/_lambda/code/';
/** Seconds for which AWS's addresses of code work too. */
const EXPIRES = 600;

/** The addresses at which GetFunction and GetLayerVersion say that code can be loaded: signed, and good for ten minutes. */
export class CodeLocations {
  /** A restart ends the addresses that were given before it. */
  readonly #secret = randomBytes(32);
  readonly #endpoint: () => string;
  readonly #now: () => number;

  constructor({ endpoint, now }: { readonly endpoint: () => string; readonly now: () => number }) {
    this.#endpoint = endpoint;
    this.#now = now;
  }

  of({ account, region, kind, key }: CodePlace): string {
    const path = `${PREFIX}${account}/${region}/${kind}/${encodeURIComponent(key)}`;
    const date = new Date(this.#now()).toISOString().replace(/[-:]|\.\d{3}/g, '');
    return `${this.#endpoint()}${path}?X-Amz-Date=${date}&X-Amz-Expires=${EXPIRES}&X-Amz-Signature=${this.#signature(path, date).toString('hex')}`;
  }

  /** Serves the addresses. @param read gives the bytes at a place; undefined where they have gone */
  front(read: (place: CodePlace) => Promise<Uint8Array | undefined>): Front {
    return {
      matches: ({ path }) => path.startsWith(PREFIX),
      maxBody: 0,
      handle: async (request) => {
        if (request.method !== 'GET') return failure(405, 'MethodNotAllowed', 'Code is loaded with GET');
        const problem = this.#problem(request);
        if (problem !== undefined) return failure(403, 'AccessDenied', problem);
        const [account = '', region = '', kind, key = ''] = request.path.slice(PREFIX.length).split('/');
        const place = { account, region, key: decodeURIComponent(key) };
        const body = await read({ ...place, kind: kind === 'layers' ? kind : 'functions' });
        if (body === undefined) return failure(404, 'NoSuchKey', 'The specified key does not exist.');
        return { status: 200, headers: [['content-type', 'application/zip']], body };
      },
    };
  }

  #problem({ path, query }: RequestHead): string | undefined {
    const parameters = new URLSearchParams(query);
    const date = parameters.get('X-Amz-Date') ?? '';
    const signature = Buffer.from(parameters.get('X-Amz-Signature') ?? '', 'hex');
    const expected = this.#signature(path, date);
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
      return 'The signature of this address is not one of the local cloud';
    }
    const [, day, hour, minute, second] = /^(\d{8})T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
    const signed = Date.parse(`${day?.replace(/(....)(..)/, '$1-$2-')}T${hour}:${minute}:${second}Z`);
    return this.#now() > signed + EXPIRES * 1000 ? 'Request has expired' : undefined;
  }

  #signature(path: string, date: string): Buffer {
    return createHmac('sha256', this.#secret).update(`${path}\n${date}\n${EXPIRES}`).digest();
  }
}

function failure(status: number, code: string, message: string): HttpResponse {
  return {
    status,
    headers: [['content-type', 'application/xml']],
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  };
}
