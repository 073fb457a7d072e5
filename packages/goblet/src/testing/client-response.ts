import type { LambdaResult } from '../http/lambda-result.js';
import type { TestResponse } from './types.js';

/** What a client gets of a function's result. */
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
  const text = bytes.toString('utf8');
  return { status: result.statusCode, headers, cookies, body: bodyOf(), text, bytes };

  function bodyOf(): unknown {
    if (!bytes.length) return undefined;
    if (/^[^;]*[/+]json\s*(;|$)/i.test(headers['content-type'] ?? '')) return JSON.parse(text);
    return result.isBase64Encoded ? new Uint8Array(bytes) : text;
  }
}
