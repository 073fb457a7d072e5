#!/usr/bin/env node
// From a clone to an answering service: set-up, local cloud, the real `cdk deploy` of examples/users-service, curl commands.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setup } from './setup.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const infra = join(root, 'examples', 'users-service', 'infra');
const STACK = 'WebApiDev';

const HELP = `Usage: npm start -- [options]

Sets up, runs the local cloud, and deploys examples/users-service to it with the real cdk CLI.

  --port <number>   port of the local cloud on 127.0.0.1 (default: 4566)
  --data <folder>   data folder of the local cloud (default: .goblet)
  --iam <mode>      enforce, warn or off (default: enforce)
  --help            print this text
`;

function options() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '4566' },
        data: { type: 'string', default: join(root, '.goblet') },
        iam: { type: 'string', default: 'enforce' },
        help: { type: 'boolean', default: false },
      },
    });
    if (!/^\d+$/.test(values.port) || Number(values.port) > 65_535)
      throw new Error(`--port ${values.port} is not a port`);
    if (!['enforce', 'warn', 'off'].includes(values.iam))
      throw new Error(`--iam ${values.iam} must be enforce, warn or off`);
    return values;
  } catch (error) {
    console.error(`goblet: ${error.message}\n\n${HELP}`);
    process.exit(1);
  }
}

/** Runs the project's own cdk CLI; resolves to its exit code. */
function cdk(args, env, signal) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', 'aws-cdk', 'bin', 'cdk'), ...args], {
      cwd: infra,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

function curlLines(endpointUrl) {
  const users = `${endpointUrl}users`;
  const json = `-H 'Content-Type: application/json'`;
  return [
    ['create', `curl -i -X POST ${json} -d '{"username":"john","email":"john@example.com"}' ${users}`],
    ['read', `curl -i ${users}/john`],
    ['update', `curl -i -X PUT ${json} -d '{"email":"john.doe@example.com"}' ${users}/john`],
    ['list', `curl -i '${users}?limit=10'`],
    ['delete', `curl -i -X DELETE ${users}/john`],
  ];
}

const given = options();
if (given.help) {
  console.log(HELP);
  process.exit(0);
}

console.log('goblet: setting up');
setup();

const { applied, cloudEnvironment, processTerminal, serveCloud } = await import('../packages/cli/dist/index.js');
const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => ending.abort());
const terminal = processTerminal(ending.signal);
const { bold, dim, red } = terminal.colors;

let served;
try {
  served = await serveCloud(
    {
      port: Number(given.port),
      dataFolder: given.data,
      ephemeral: false,
      iam: given.iam,
      rewriteUrls: true,
      json: false,
    },
    terminal,
  );
} catch (error) {
  const taken = error.code === 'GOBLET_CLOUD_PORT_TAKEN';
  const advice = taken ? `; choose another with: npm start -- --port ${Number(given.port) + 1}` : '';
  console.error(`${red('goblet')}: ${error.code ? error.message : error.stack}${advice}`);
  process.exit(1);
}

let exitCode = 0;
try {
  console.log(`\n${bold(`cdk deploy ${STACK}`)} ${dim('in examples/users-service/infra')}`);
  const { cloud } = served;
  const outputs = join(given.data, 'outputs.json');
  const account = '000000000000';
  const credentials = { endpoint: cloud.endpoint, secretAccessKey: cloud.credentials(account).secretAccessKey };
  const target = { account, region: process.env.AWS_REGION ?? 'us-east-1', dataFolder: given.data };
  const env = {
    ...applied(process.env, cloudEnvironment(credentials, target, process.env)),
    // The SDK's notice about a newer Node.js is for its developers, not for a first look.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  const failed = await cdk(
    ['deploy', STACK, '--require-approval', 'never', '--outputs-file', outputs],
    env,
    ending.signal,
  );
  if (failed && !ending.signal.aborted) {
    console.error(`${red('goblet')}: cdk deploy ${STACK} failed with exit code ${failed}; the lines above say why`);
    exitCode = 1;
  } else if (!ending.signal.aborted) {
    const { EndpointURL } = JSON.parse(readFileSync(outputs, 'utf8'))[STACK];
    console.log(`\nPoint this project's AWS tools at the local cloud, in a second terminal:\n`);
    console.log(`  eval "$(npx --no-install goblet env)"\n`);
    console.log('Try the service:\n');
    for (const [what, line] of curlLines(EndpointURL)) console.log(`  ${dim(`# ${what}`)}\n  ${line}`);
    console.log(`\n${bold('Serving')} ${EndpointURL} ${dim('until Ctrl-C')}`);
    if (!ending.signal.aborted) await new Promise((resolve) => ending.signal.addEventListener('abort', resolve));
  }
} finally {
  await served[Symbol.asyncDispose]();
}
process.exit(exitCode);
