import { createHash, randomBytes } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { presignedUrl } from '../processes/presigned-url.ts';
import type { CloudProcess } from './cloud-with-client.ts';

const Bucket = 'large-bodies';
const PIECE = randomBytes(1024 * 1024);

/** Some megabytes, one at a time: this process does not hold them either. */
function* megabytes(count: number): Generator<Buffer> {
  for (let i = 0; i < count; i++) yield PIECE;
}

function answerOf(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: Readable,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, resolve);
    sent.on('error', reject);
    if (body) body.pipe(sent);
    else sent.end();
  });
}

async function digestOf(pieces: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

export async function makeBucket({ client }: CloudProcess): Promise<void> {
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
  s3.destroy();
}

const urlOf = (method: string, { client }: CloudProcess) => presignedUrl(method, `/${Bucket}/object`, client);

/** Puts an object of so many megabytes. @returns the status */
export async function putObject(cloud: CloudProcess, count: number): Promise<number | undefined> {
  const headers = { 'content-length': String(count * PIECE.length) };
  const answer = await answerOf(urlOf('PUT', cloud), 'PUT', headers, Readable.from(megabytes(count)));
  answer.resume();
  return answer.statusCode;
}

/** Gets it again. @returns whether it is what was put */
export async function objectIsWhole(cloud: CloudProcess, count: number): Promise<boolean> {
  const answer = await answerOf(urlOf('GET', cloud), 'GET', {});
  return answer.statusCode === 200 && (await digestOf(answer)) === (await digestOf(megabytes(count)));
}

/** Asks for it and reads nothing of the answer. @returns ends that */
export async function doNotRead(cloud: CloudProcess): Promise<() => void> {
  const answer = await answerOf(urlOf('GET', cloud), 'GET', {});
  answer.on('error', () => {});
  return () => answer.destroy();
}

/** Posts so many megabytes as a page would. @returns the status; undefined where the connection broke before it came */
export async function postAsPage({ endpoint }: CloudProcess, count: number): Promise<number | undefined> {
  const headers = { origin: 'http://evil.example', 'content-length': String(count * PIECE.length) };
  return new Promise((resolve) => {
    const body = Readable.from(megabytes(count));
    const sent = request(endpoint, { method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
      body.destroy();
      sent.destroy();
    });
    sent.on('error', () => resolve(undefined));
    body.pipe(sent);
  });
}
