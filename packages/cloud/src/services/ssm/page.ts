import { AwsError } from '../../core/aws-error.js';

/** One page of a listing: the token is the name of the last parameter of the page before. */
export async function pageOf<T extends { readonly name: string }>(
  all: AsyncIterable<T>,
  size: number,
): Promise<{ readonly page: readonly T[]; readonly nextToken?: string }> {
  const page: T[] = [];
  for await (const one of all) {
    if (page.length === size) return { page, nextToken: encodeToken(page.at(-1)?.name ?? '') };
    page.push(one);
  }
  return { page };
}

function encodeToken(name: string): string {
  return Buffer.from(JSON.stringify([name])).toString('base64url');
}

/** @throws AwsError for a token that the cloud did not issue */
export function decodeToken(token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  try {
    const [name]: unknown[] = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (typeof name === 'string') return name;
  } catch {}
  throw new AwsError('InvalidNextToken', 'The specified token is not valid.');
}
