// The client of the load: GET one URL over some connections for some seconds, with every answer checked and nothing pipelined.
// A separate process on plain sockets, so that measuring costs little.
import { connect } from 'node:net';

const [url = '', connections = '4', seconds = '5', expected = ''] = process.argv.slice(2);
const { hostname, port, pathname, search } = new URL(url);
const request = `GET ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAccept: application/json\r\n\r\n`;
const HEAD_END = Buffer.from('\r\n\r\n');

const latencies = [];
const wrong = new Map();
let until = 0;

/** Reads answers of a known length, which is what the gateway sends. */
function converse(resolve, reject) {
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let rest = Buffer.alloc(0);
  let sent = 0;
  const ask = () => {
    sent = performance.now();
    socket.write(request);
  };
  socket.on('connect', ask);
  socket.on('error', reject);
  socket.on('close', resolve);
  socket.on('data', (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const headEnd = rest.indexOf(HEAD_END);
    if (headEnd < 0) return;
    const head = rest.toString('latin1', 0, headEnd);
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1]);
    if (Number.isNaN(length)) return reject(new Error(`an answer without a length:\n${head}`));
    const end = headEnd + 4 + length;
    if (rest.length < end) return;
    const answer = `${head.slice(9, 12)} ${rest.toString('utf8', headEnd + 4, end)}`;
    rest = rest.subarray(end);
    const now = performance.now();
    latencies.push(now - sent);
    if (answer !== expected) wrong.set(answer, (wrong.get(answer) ?? 0) + 1);
    if (now < until) ask();
    else socket.end();
  });
}

const started = performance.now();
until = started + Number(seconds) * 1000;
await Promise.all(Array.from({ length: Number(connections) }, () => new Promise(converse)));
const elapsed = (performance.now() - started) / 1000;
latencies.sort((a, b) => a - b);
const at = (share) => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
console.log(
  JSON.stringify({
    requests: latencies.length,
    perSecond: latencies.length / elapsed,
    p50: at(0.5),
    p99: at(0.99),
    wrong: [...wrong].slice(0, 3),
  }),
);
