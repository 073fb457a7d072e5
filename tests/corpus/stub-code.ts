import { strToU8, zipSync } from 'fflate';

/** Answers, and tells CloudFormation that a custom resource is made. */
const HANDLER = `const https = require('node:https'), http = require('node:http');
exports.handler = exports.index = exports.main = exports.onEvent = async (event) => {
  if (!event || !event.ResponseURL) return { statusCode: 200, body: '{}' };
  const body = JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: event.PhysicalResourceId || 'stub', StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId, Data: {} });
  const url = new URL(event.ResponseURL);
  await new Promise((resolve, reject) => {
    const headers = { 'content-length': Buffer.byteLength(body), 'content-type': '' };
    const request = (url.protocol === 'http:' ? http : https).request(url, { method: 'PUT', headers }, (answer) => { answer.resume(); answer.on('end', resolve); });
    request.on('error', reject);
    request.end(body);
  });
};`;
const PYTHON = 'def handler(event, context):\n    return {"ok": True}\nlambda_handler = handler\nmain = handler\n';

const files = (names: readonly string[], text: string) => names.map((name) => [name, strToU8(text)] as const);

/** Replaces the code of every function of the corpus, which has templates alone. */
export const stubCode: Uint8Array = zipSync(
  Object.fromEntries([
    ...files(['index.js', 'framework.js', '__entrypoint__.js', 'app.js', 'handler.js', 'lambda.js'], HANDLER),
    ...files(['index.py', 'app.py', 'main.py'], PYTHON),
  ]),
);
