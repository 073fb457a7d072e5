const EXECUTE_API = /https:\/\/([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?(?=[/:"'\s]|$)/g;

/**
 * Replaces the AWS address of every API that this cloud has by the address it can be called at here:
 * `https://<id>.execute-api.<region>.amazonaws.com` becomes `<endpoint>/_api/<id>`. Other addresses stay.
 * Applied on the way out only (stack outputs, function environments); what is stored is AWS's own.
 */
export function toLocalUrls(text: string, apiIds: ReadonlySet<string>, endpoint: string): string {
  return text.replace(EXECUTE_API, (url, id: string) => (apiIds.has(id) ? `${endpoint}/_api/${id}` : url));
}
