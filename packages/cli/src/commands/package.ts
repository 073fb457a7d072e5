import { join } from 'node:path';
import { watched } from '../terminal/progress.js';
import type { CommandDefinition } from './command.js';
import { ENTRY_OPTION } from './entry-option.js';
import { texts } from './option-value.js';
import { writeOutput } from './output-file.js';
import { packageReport, reportLines } from './package-report.js';
import { STAGE_OPTIONS, stageOptions } from './stage-options.js';
import { takenApp } from './taken-app.js';
import { noteWarnings } from './warnings.js';
import { tellWritten } from './written.js';

export const packageCommand: CommandDefinition = {
  name: 'package',
  arguments: '<folder>',
  summary: 'write a SAM template and deployment.zip',
  description:
    'Writes sam.json and deployment.zip for the API handler of the app: deploy them with SAM, or import the template with CfnInclude. Stage, environment, memory, timeout, tags and role come from goblet.config.ts.',
  options: [
    ENTRY_OPTION,
    ...STAGE_OPTIONS,
    {
      flags: '--include <path>',
      description: 'file or folder of the project to put beside the bundle; may be repeated',
      repeatable: true,
    },
    {
      flags: '--external <package>',
      description: 'package to leave out of the bundle; may be repeated',
      repeatable: true,
    },
    { flags: '--report', description: 'print the size of the bundle and its ten largest modules' },
    { flags: '--json', description: 'print the written files and the report as JSON' },
  ],
  examples: [
    ['npx goblet package out --stage prod', 'write out/sam.json and out/deployment.zip'],
    [
      'npx goblet package out --include templates',
      'also put templates/ beside the bundle, where the function finds it',
    ],
    ['npx goblet package out --report', 'also print what makes the bundle large'],
  ],
  run: async ([folder = '.'], options, terminal) => {
    const { BUNDLE_FILE, buildBundle, DEPLOYMENT_ZIP, deploymentZip, renderDocument, samTemplate } = await import(
      '@goblet/build'
    );
    const { inventory, entry, warnings } = await takenApp(options, terminal);
    noteWarnings(warnings, terminal);
    const template = samTemplate(inventory, await stageOptions(options, entry));
    const [include, external] = [texts(options, 'include'), texts(options, 'external')];
    const bundle = await watched('bundling', terminal, () => buildBundle({ entry, inventory, include, external }));
    const zip = deploymentZip(bundle);
    const files = [join(folder, 'sam.json'), join(folder, DEPLOYMENT_ZIP)] as const;
    writeOutput(files[0], renderDocument(template, 'json'));
    writeOutput(files[1], zip);
    const report = packageReport(bundle.metafile, bundle.files[BUNDLE_FILE]?.length ?? 0, zip.length);
    const json = options.json === true;
    tellWritten(files, inventory, { json, ...report }, terminal);
    if (options.report === true && !json) for (const line of reportLines(report)) terminal.out(line);
    return 0;
  },
};
