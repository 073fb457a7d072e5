import type { CloudContext } from './cloud.js';

const EXECUTE_API = /(https|wss):\/\/([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?(?=[/:"'\s]|$)/g;
const FUNCTION_URL = /https:\/\/([a-z0-9]+)\.lambda-url\.[a-z0-9-]+\.on\.aws(?=[/:"'\s]|$)/g;
const QUEUE = /https:\/\/sqs\.[a-z0-9-]+\.amazonaws\.com(\/\d{12}\/[\w-]+(?:\.fifo)?)/g;
const WEBSITE =
  /http:\/\/([a-z0-9][a-z0-9.-]+)\.s3-website[.-][a-z]{2}(?:-[a-z]+)+-\d+\.amazonaws\.com(?:\.cn)?(?=[/:"'\s]|$)/g;

/**
 * Replaces the AWS address of every API, function URL and queue that this cloud has by the address it can be called at
 * here: `https://<id>.execute-api.<region>.amazonaws.com` becomes `<endpoint>/_api/<id>`,
 * `wss://` of a WebSocket API becomes `ws://`,
 * `https://<id>.lambda-url.<region>.on.aws` becomes `<endpoint>/_url/<id>`, and
 * `https://sqs.<region>.amazonaws.com/<account>/<name>` becomes `<endpoint>/<account>/<name>`, since SDK clients send to the
 * host of a queue's URL. The website of a bucket, `http://<bucket>.s3-website-<region>.amazonaws.com`, becomes
 * `<endpoint>/_website/<bucket>`, also if the bucket does not exist: that path then answers with S3's error. Other
 * addresses stay as they are, and so do all of them if rewriting is switched off.
 * Applied on the way out only (answers, stack outputs, function environments); what is stored is AWS's own.
 */
export function toLocalUrls(
  text: string,
  cloud: Pick<CloudContext, 'apiIds' | 'functionUrlIds' | 'queueUrls' | 'endpoint' | 'rewriteUrls'>,
): string {
  if (!cloud.rewriteUrls) return text;
  return text
    .replace(EXECUTE_API, (url, scheme: string, id: string) => {
      if (!cloud.apiIds.has(id)) return url;
      const endpoint = scheme === 'wss' ? cloud.endpoint().replace(/^http/, 'ws') : cloud.endpoint();
      return `${endpoint}/_api/${id}`;
    })
    .replace(FUNCTION_URL, (url, id: string) => (cloud.functionUrlIds.has(id) ? `${cloud.endpoint()}/_url/${id}` : url))
    .replace(WEBSITE, (_url, bucket: string) => `${cloud.endpoint()}/_website/${bucket}`)
    .replace(QUEUE, (url, path: string) => (cloud.queueUrls.has(url) ? `${cloud.endpoint()}${path}` : url));
}
