import type { LambdaResult } from '../http/lambda-result.js';
import { contentOf } from './content-coding.js';
import type { TestResponse } from './types.js';

const TEXT = /^text\/|[/+](json|xml|javascript)/i;

/** The response that a client gets for a function's result. */
export function clientResponse(result: LambdaResult): TestResponse {
  const headers: Record<string, string> = Object.create(null);
  const cookies: string[] = [...(result.cookies ?? [])];
  const all: [string, string | readonly string[]][] = [
    ...Object.entries(result.headers ?? {}),
    ...Object.entries(result.multiValueHeaders ?? {}),
  ];
  for (const [given, value] of all) {
    const name = given.toLowerCase();
    const values = typeof value === 'string' ? [value] : value;
    if (name === 'set-cookie') cookies.push(...values);
    else headers[name] = values.join(', ');
  }
  const bytes = Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8');
  const content = contentOf(bytes, headers['content-encoding']);
  const text = Buffer.from(content ?? bytes).toString('utf8');
  const type = headers['content-type'] ?? '';
  // An encoded body is base64, whatever its contents.
  const binary = result.isBase64Encoded && (content === bytes || !TEXT.test(type));
  return { status: result.statusCode, headers, cookies, body: bodyOf(), text, bytes };

  function bodyOf(): unknown {
    if (!bytes.length) return undefined;
    if (!content) return new Uint8Array(bytes);
    if (/^[^;]*[/+]json\s*(;|$)/i.test(type)) return JSON.parse(text);
    return binary ? new Uint8Array(content) : text;
  }
}
