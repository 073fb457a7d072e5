import { fileURLToPath } from 'node:url';
import { type Finding, fail, ok, type Patient, warn } from './finding.js';
import { type InstalledPackage, installedPackage, manifestText, readPackage } from './installed-package.js';
import { inRange } from './version.js';

const NAMES = ['goblet', '@goblet/build', '@goblet/cdk', '@goblet/cloud'] as const;

const named = ({ name, version }: InstalledPackage) => `${name} ${version}`;

/** Goblet's packages must have the same version to read each other's data. */
export function gobletFinding({ directory }: Patient): Finding {
  const ours = readPackage(fileURLToPath(new URL('../..', import.meta.url)));
  const cli = installedPackage('@goblet/cli', directory) ?? ours;
  const found = [cli, ...NAMES.map((name) => installedPackage(name, directory))].filter((one) => one !== undefined);
  if (!found.some(({ name }) => name === 'goblet')) {
    return fail(
      'goblet',
      `goblet is not installed in ${directory}`,
      'npm install goblet, or change to the folder of the project',
    );
  }
  const versions = new Set(found.map(({ version }) => version));
  if (versions.size === 1) return ok('goblet', `${found[0]?.version}: ${found.map(({ name }) => name).join(', ')}`);
  const newest = cli?.version ?? 'latest';
  const wrong = found.filter(({ version }) => version !== newest).map(({ name }) => `${name}@${newest}`);
  return fail('goblet', `versions differ: ${found.map(named).join(', ')}`, `npm install ${wrong.join(' ')}`);
}

/** The peer libraries of the construct: in its range, and the same copy for the project and the construct. */
export function constructFindings({ directory }: Patient): readonly Finding[] {
  const construct = installedPackage('@goblet/cdk', directory);
  if (construct === undefined) {
    return [
      warn('construct', '@goblet/cdk is not installed', 'npm install --save-dev @goblet/cdk, to deploy with the CDK'),
    ];
  }
  return ['aws-cdk-lib', 'constructs'].map((peer) => {
    const range = manifestText(construct, 'peerDependencies', peer) ?? '';
    const found = installedPackage(peer, directory);
    const install = `npm install --save-dev ${peer}@${range}`;
    if (found === undefined) return fail(peer, 'not installed, but @goblet/cdk needs it', install);
    if (!inRange(found.version, range)) return fail(peer, `${found.version}, but @goblet/cdk needs ${range}`, install);
    const other = installedPackage(peer, construct.folder);
    if (other !== undefined && other.folder !== found.folder) {
      return fail(
        peer,
        `two copies: ${found.folder} and, for @goblet/cdk, ${other.folder}`,
        `use one version for both, then: npm dedupe ${peer}`,
      );
    }
    return ok(peer, found.version);
  });
}
