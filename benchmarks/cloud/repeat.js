// A client that repeats recorded requests over some connections for some seconds, one at a time on each, with every status
// checked. A separate process on plain sockets, so that measuring costs little.
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const [file = '', port = '', connections = '16', seconds = '3'] = process.argv.slice(2);
/** Whole requests, signed by the SDK's client. */
const requests = JSON.parse(readFileSync(file, 'utf8')).map((text) => Buffer.from(text));
const HEAD_END = Buffer.from('\r\n\r\n');

const wrong = new Map();
let answered = 0;
let next = 0;
let until = 0;

function converse(resolve, reject) {
  const socket = connect({ host: '127.0.0.1', port: Number(port), noDelay: true });
  let rest = Buffer.alloc(0);
  const ask = () => socket.write(requests[next++ % requests.length]);
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
    if (!head.startsWith('HTTP/1.1 200')) {
      const answer = rest.toString('utf8', 0, end);
      wrong.set(answer, (wrong.get(answer) ?? 0) + 1);
    }
    rest = rest.subarray(end);
    answered++;
    if (performance.now() < until) ask();
    else socket.end();
  });
}

const started = performance.now();
until = started + Number(seconds) * 1000;
await Promise.all(Array.from({ length: Number(connections) }, () => new Promise(converse)));
const elapsed = (performance.now() - started) / 1000;
console.log(JSON.stringify({ requests: answered, perSecond: answered / elapsed, wrong: [...wrong].slice(0, 1) }));
