import type { Finding, Patient } from '../doctor/finding.js';
import { withProgress } from '../terminal/progress.js';
import type { Terminal } from '../terminal/terminal.js';
import type { CommandDefinition } from './command.js';
import { ENTRY_OPTION } from './entry-option.js';
import { text } from './option-value.js';

/** Every check. A failing check may hide later ones. */
async function examine(patient: Patient): Promise<readonly Finding[]> {
  const { cdkFinding, nodeFinding, typescriptFinding } = await import('../doctor/tools.js');
  const { constructFindings, gobletFinding } = await import('../doctor/packages.js');
  const { environmentFindings } = await import('../doctor/aws-environment.js');
  const { cloudFindings } = await import('../doctor/cloud-findings.js');
  const { tsconfigFindings } = await import('../doctor/tsconfig.js');
  const { appFindings } = await import('../doctor/app.js');
  return [
    nodeFinding(process.versions.node),
    gobletFinding(patient),
    typescriptFinding(patient),
    ...tsconfigFindings(patient),
    cdkFinding(patient),
    ...constructFindings(patient),
    ...(await environmentFindings(patient)),
    ...(await cloudFindings(patient)),
    ...(await appFindings(patient)),
  ];
}

function findingLines({ check, status, found, remedy }: Finding, { green, yellow, red, dim }: Terminal['colors']) {
  const color = { ok: green, warn: yellow, fail: red }[status];
  const line = `${color(status.padEnd(4))}  ${check.padEnd(12)}  ${found}`;
  return remedy === undefined ? [line] : [line, `${' '.repeat(20)}${dim('→')} ${remedy}`];
}

export const doctor: CommandDefinition = {
  name: 'doctor',
  summary: 'check the project and this machine',
  description:
    'Checks Node.js, the packages and their versions, tsconfig.json, the environment that points to AWS or the local cloud, ports, the data folder, and whether the app loads. Each line starts with ok, warn or fail, and says what to do. The exit code is 1 if a check fails.',
  options: [
    ENTRY_OPTION,
    { flags: '--data <folder>', description: 'data folder of the local cloud (default: the nearest .goblet)' },
    { flags: '--json', description: 'print the findings as JSON' },
  ],
  examples: [
    ['npx goblet doctor', 'check the project in this folder'],
    [`npx goblet doctor --json | jq '.[] | select(.status != "ok")'`, 'show only problems'],
  ],
  run: async (_args, options, terminal) => {
    const patient = {
      directory: process.cwd(),
      environment: process.env,
      entry: text(options, 'entry'),
      dataFolder: text(options, 'data'),
    };
    const findings = await withProgress(
      terminal,
      () => 'examining',
      () => examine(patient),
    );
    if (options.json === true) terminal.out(JSON.stringify(findings, null, 2));
    else
      for (const finding of findings)
        for (const line of findingLines(finding, terminal.resultColors)) terminal.out(line);
    const failed = findings.filter(({ status }) => status === 'fail').length;
    return failed === 0 ? 0 : 1;
  },
};
