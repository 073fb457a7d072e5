// Measures one bundle in a separate process: node measure.js <bundle> <milliseconds> <cell…>
import { pathToFileURL } from 'node:url';
import { cells, check, context } from './cells.js';

const [, , bundle, milliseconds, ...names] = process.argv;
const [first] = names;
const firstEvent = cells[first].event();

const begin = performance.now();
const { handler } = await import(pathToFileURL(bundle).href);
const answer = await handler(firstEvent, context);
const cold = performance.now() - begin;
check(answer, cells[first].answer);

/** Nanoseconds a call, the median of batches; events are made outside of what is timed. */
async function warm({ event, answer: expected }, budget) {
  const size = 200;
  const batch = async () => {
    const events = Array.from({ length: size }, event);
    const start = process.hrtime.bigint();
    for (const one of events) await handler(one, context);
    return Number(process.hrtime.bigint() - start) / size;
  };
  const until = performance.now() + budget;
  for (let i = 0; i < 10 || performance.now() < until - budget * 0.6; i++) await batch();
  const times = [];
  while (performance.now() < until || times.length < 5) times.push(await batch());
  check(await handler(event(), context), expected);
  return times.sort((a, b) => a - b)[times.length >> 1];
}

const warmed = {};
for (const name of names) warmed[name] = await warm(cells[name], Number(milliseconds));
process.stdout.write(JSON.stringify({ cold, warm: warmed }));
process.exit(0);
