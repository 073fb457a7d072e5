/** The second request of a smuggler, which nobody may answer where the first has no clear end. */
export const SMUGGLED = 'GET /_goblet/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';

export interface Framing {
  readonly name: string;
  readonly bytes: string;
  /**
   * `refused`: one 400, and the connection ends. `framed`: RFC 9112 says where the request ends, so that both are
   * answered. `whole`: the request is one, with the smuggled text for its body.
   */
  readonly expected: 'refused' | 'framed' | 'whole';
}

const request = (lines: readonly string[], body = ''): string =>
  `${['POST / HTTP/1.1', 'Host: 127.0.0.1', ...lines].join('\r\n')}\r\n\r\n${body}${SMUGGLED}`;

const refused = (name: string, lines: readonly string[], body = ''): Framing => ({
  name,
  bytes: request(lines, body),
  expected: 'refused',
});
const framed = (name: string, lines: readonly string[], body = ''): Framing => ({
  name,
  bytes: request(lines, body),
  expected: 'framed',
});

const CHUNKED = 'Transfer-Encoding: chunked';

export const FRAMINGS: readonly Framing[] = [
  refused('a length and chunks', ['Content-Length: 5', CHUNKED], '0\r\n\r\n'),
  refused('chunks and a length', [CHUNKED, 'Content-Length: 4'], '0\r\n\r\n'),
  refused('two lengths', ['Content-Length: 0', 'Content-Length: 5']),
  refused('one length twice', ['Content-Length: 5', 'Content-Length: 5'], 'hello'),
  refused('two lengths in a list', ['Content-Length: 0, 5']),
  refused('a length with a sign', ['Content-Length: +5'], 'hello'),
  refused('a length below nothing', ['Content-Length: -5']),
  refused('a length in hexadecimal', ['Content-Length: 0x5'], 'hello'),
  refused('a length with a fraction', ['Content-Length: 5.0'], 'hello'),
  refused('a length with a blank inside', ['Content-Length: 5 5'], 'hello'),
  refused('a length that is no number', ['Content-Length: five']),
  refused('no length', ['Content-Length: ']),
  refused('a length beyond 64 bits', ['Content-Length: 99999999999999999999999']),
  refused('a blank before the colon', ['Content-Length : 5'], 'hello'),
  refused('a tab before the colon', ['Transfer-Encoding\t: chunked'], '0\r\n\r\n'),
  refused('another coding', ['Transfer-Encoding: gzip']),
  refused('identity', ['Transfer-Encoding: identity']),
  refused('chunked before another coding', ['Transfer-Encoding: chunked, gzip'], '0\r\n\r\n'),
  refused('a coding that is almost chunked', ['Transfer-Encoding: xchunked'], '0\r\n\r\n'),
  refused('chunked with a vertical tab', ['Transfer-Encoding: \vchunked'], '0\r\n\r\n'),
  refused('chunked in quotes', ['Transfer-Encoding: "chunked"'], '0\r\n\r\n'),
  refused('a chunk with a sign', [CHUNKED], '+0\r\n\r\n'),
  refused('a chunk below nothing', [CHUNKED], '-1\r\n\r\n'),
  refused('a chunk in 0x', [CHUNKED], '0x0\r\n\r\n'),
  refused('a chunk without a size', [CHUNKED], '\r\n\r\n'),
  refused('a chunk that is longer than it says', [CHUNKED], '3\r\nhello\r\n0\r\n\r\n'),
  refused('a chunk beyond 64 bits', [CHUNKED], 'fffffffffffffffff\r\n'),
  refused('a size that ends with a line feed alone', [CHUNKED], '5\nhello\r\n0\r\n\r\n'),
  refused('a chunk that ends with a line feed alone', [CHUNKED], '5\r\nhello\n0\r\n\r\n'),
  refused('a header that is folded', ['X-A: b', ' Content-Length: 5'], 'hello'),
  refused('a header without a colon', ['nonsense']),
  refused('a NUL in a header', ['X-A: a\0b']),
  refused('a carriage return in a header', ['X-A: a\rContent-Length: 5'], 'hello'),
  refused('a name with a blank', ['Content Length: 5'], 'hello'),
  refused('an empty name', [': 5'], 'hello'),
  refused('two hosts', ['Host: evil.example', 'Content-Length: 0']),
  framed('a length', ['Content-Length: 5'], 'hello'),
  framed('chunks', [CHUNKED], '5\r\nhello\r\n0\r\n\r\n'),
  framed('chunks in capitals', ['TRANSFER-ENCODING: CHUNKED'], '5\r\nhello\r\n0\r\n\r\n'),
  framed('a chunk with an extension', [CHUNKED], '5;a=b\r\nhello\r\n0;c\r\n\r\n'),
  framed('a size with zeros before it', [CHUNKED], '00005\r\nhello\r\n000\r\n\r\n'),
  framed('a trailer', [CHUNKED], '5\r\nhello\r\n0\r\nX-A: b\r\n\r\n'),
  framed('a length with blanks around it', ['Content-Length:   5  '], 'hello'),
  { name: 'a length over the next request', bytes: request([`Content-Length: ${SMUGGLED.length}`]), expected: 'whole' },
];
