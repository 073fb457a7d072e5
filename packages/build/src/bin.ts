import { parseArgs } from 'node:util';
import { configReply, inventoryReply, reply } from './evaluate/child.js';
import { takeInventory } from './take-inventory.js';

const USAGE = `goblet-build inventory [entry] [--bundle <folder>] [--external <package>]... [--include <path>]... [--fd <number>]
goblet-build config <file> [--fd <number>]
goblet-build explain <entry> [--fd <number>]

inventory loads the app and writes its inventory as JSON to the file descriptor (1 by default); with --bundle, also the
deployable bundle into the folder. config writes what a configuration file holds. explain loads an app that
does not finish loading for five seconds more, and writes where it is then. What any of them prints goes to stderr.
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      bundle: { type: 'string' },
      external: { type: 'string', multiple: true, default: [] },
      include: { type: 'string', multiple: true, default: [] },
      fd: { type: 'string', default: '1' },
    },
  });
  const [command, file] = positionals;
  process.stdout.write = process.stderr.write.bind(process.stderr);
  if (command === 'inventory') {
    process.env.GOBLET_INVENTORY = '1';
    const { external, include, bundle } = values;
    const request = { entry: file, external, include, ...(bundle === undefined ? {} : { bundleFolder: bundle }) };
    await reply(inventoryReply(request), Number(values.fd));
  } else if (command === 'config' && file !== undefined) {
    await reply(configReply(file), Number(values.fd));
  } else if (command === 'explain' && file !== undefined) {
    await reply(takeInventory({ entry: file, external: values.external, timeout: 5_000 }), Number(values.fd));
  } else {
    process.stderr.write(USAGE);
    process.exitCode = 1;
  }
}

main().then(
  // An app may hold timers and sockets open; its inventory is taken.
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(2);
  },
);
