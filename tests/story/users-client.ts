/** One answer, read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever JSON came back
  readonly json: any;
}

/** Sends a request as curl would: no header that was not asked for. */
export async function send(
  method: string,
  url: string,
  body?: string,
  headers: Readonly<Record<string, string>> = body === undefined ? {} : { 'Content-Type': 'application/json' },
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers,
    // A string body makes fetch add a text/plain content type of its own; bytes do not.
    ...(body !== undefined && { body: new TextEncoder().encode(body) }),
  });
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, headers: response.headers, text, json };
}
