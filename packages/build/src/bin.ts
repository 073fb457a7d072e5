import { parseArgs } from 'node:util';
import { reply } from './evaluate/child.js';

const USAGE = `goblet-build inventory [entry] [--bundle <folder>] [--external <package>]... [--include <path>]... [--fd <number>]

Loads the app and writes its inventory as JSON to the file descriptor (1 by default); what the app prints goes to stderr.
With --bundle, also writes the deployable bundle into the folder.
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
  const [command, entry] = positionals;
  if (command !== 'inventory') {
    process.stderr.write(USAGE);
    process.exitCode = 1;
    return;
  }
  process.stdout.write = process.stderr.write.bind(process.stderr);
  process.env.GOBLET_INVENTORY = '1';
  await reply(
    {
      entry,
      external: values.external,
      include: values.include,
      ...(values.bundle === undefined ? {} : { bundleFolder: values.bundle }),
    },
    Number(values.fd),
  );
}

main().then(
  // An app may hold timers and sockets open; its inventory is taken.
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(2);
  },
);
