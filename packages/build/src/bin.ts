import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { appReply, configReply, describeReply, explainReply, inventoryReply, reply } from './evaluate/child.js';
import { sourceEventReply } from './evaluate/source-event.js';

const USAGE = `goblet-build inventory [entry] [--external <package>]... [--work <folder>] [--fd <number>]
goblet-build app [entry] [--bundle <folder>] [--external <package>]... [--include <path>]... [--work <folder>] [--fd <number>]
goblet-build describe <entry> --work <folder> [--external <package>]... [--preload <url>]... [--fd <number>]
goblet-build config <file> [--work <folder>] [--fd <number>]
goblet-build event <entry> <source> <records, a JSON list> [--work <folder>] [--fd <number>]
goblet-build explain --work <folder> [--fd <number>]

inventory loads the app and writes its inventory as JSON to the file descriptor (default: 1). app adds the definition of its
API; with --bundle it also writes the deployable bundle into the folder. describe loads the modules of --preload, waits for a
line on standard input, then writes the inventory of the app that was bundled into the work folder. config writes the contents
of a configuration file. event writes the event that AWS would send to the function of a source with these records. Output of
the file goes to stderr. --work is an empty folder for the file as it is evaluated, which the caller removes: after a run that
did not end, explain loads that file again for five seconds and writes where it loops or waits.
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      bundle: { type: 'string' },
      external: { type: 'string', multiple: true, default: [] },
      include: { type: 'string', multiple: true, default: [] },
      preload: { type: 'string', multiple: true, default: [] },
      work: { type: 'string' },
      fd: { type: 'string', default: '1' },
    },
  });
  const [command, file, source, records] = positionals;
  const workFolder = values.work ?? temporaryFolder();
  process.stdout.write = process.stderr.write.bind(process.stderr);
  if (command === 'inventory') {
    process.env.GOBLET_INVENTORY = '1';
    await reply(inventoryReply({ entry: file, external: values.external, workFolder }), Number(values.fd));
  } else if (command === 'app') {
    process.env.GOBLET_INVENTORY = '1';
    const { external, include, bundle } = values;
    const request = {
      entry: file,
      external,
      include,
      workFolder,
      ...(bundle === undefined ? {} : { bundleFolder: bundle }),
    };
    await reply(appReply(request), Number(values.fd));
  } else if (command === 'describe' && file !== undefined && values.work !== undefined) {
    process.env.GOBLET_INVENTORY = '1';
    // If a package fails to load, the error is reported when the app imports it.
    const preloaded = values.preload.map((url) => import(url).catch(() => {}));
    const [begins] = await Promise.all([told(), ...preloaded]);
    // The parent process has gone.
    if (!begins) return;
    await reply(describeReply(file, values.external, values.work), Number(values.fd));
  } else if (command === 'config' && file !== undefined) {
    await reply(configReply(file, workFolder), Number(values.fd));
  } else if (command === 'event' && file !== undefined && source !== undefined && records !== undefined) {
    process.env.GOBLET_INVENTORY = '1';
    await reply(sourceEventReply({ file, source, sent: JSON.parse(records), workFolder }), Number(values.fd));
  } else if (command === 'explain' && values.work !== undefined) {
    await reply(explainReply(values.work), Number(values.fd));
  } else {
    process.stderr.write(USAGE);
    process.exitCode = 1;
  }
}

/** True if anything arrives on standard input before its end. */
function told(): Promise<boolean> {
  return new Promise((resolve) => {
    process.stdin.once('data', () => {
      // If an app never finishes loading, its event loop runs dry; an open standard input would prevent that.
      process.stdin.destroy();
      resolve(true);
    });
    process.stdin.once('end', () => resolve(false));
  });
}

/** Removed when this process ends. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'goblet-inventory-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

main().then(
  // The app may hold timers and sockets open, but its inventory is complete.
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(2);
  },
);
