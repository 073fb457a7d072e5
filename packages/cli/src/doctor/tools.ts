import { fileURLToPath } from 'node:url';
import { type Finding, fail, ok, type Patient, warn } from './finding.js';
import { installedPackage, manifestText, readPackage } from './installed-package.js';
import { atLeast, figures, inRange } from './version.js';

const OURS = readPackage(fileURLToPath(new URL('../..', import.meta.url)));

/** The oldest version with which the types are tested. */
const TYPESCRIPT = '5.9';

/** The running Node.js, checked against the range in our own manifest. */
export function nodeFinding(version: string): Finding {
  const range = (OURS && manifestText(OURS, 'engines', 'node')) ?? '>=20.19';
  if (inRange(version, range)) return ok('node', version);
  return fail('node', `${version} is too old`, `install Node.js ${range.replace('>=', '')} or newer`);
}

export function typescriptFinding({ directory }: Patient): Finding {
  const found = installedPackage('typescript', directory);
  if (found === undefined) return warn('typescript', 'not installed', 'npm install --save-dev typescript');
  if (atLeast(found.version, TYPESCRIPT)) return ok('typescript', found.version);
  return fail(
    'typescript',
    `${found.version} cannot read the types of goblet`,
    `npm install --save-dev typescript@latest, which must be ${TYPESCRIPT} or newer`,
  );
}

/** The `cdk` command, and whether it can read what the library writes. */
export function cdkFinding({ directory }: Patient): Finding {
  const cli = installedPackage('aws-cdk', directory);
  if (cli === undefined) {
    return warn(
      'cdk',
      'aws-cdk is not installed in the project',
      'npm install --save-dev aws-cdk@2, to deploy with it',
    );
  }
  if (figures(cli.version)[0] !== 2) {
    return fail('cdk', `aws-cdk ${cli.version} is not a 2.x release of the CDK`, 'npm install --save-dev aws-cdk@2');
  }
  const library = installedPackage('aws-cdk-lib', directory);
  const written = library && installedPackage('@aws-cdk/cloud-assembly-schema', library.folder);
  const read = manifestText(cli, 'devDependencies', '@aws-cdk/cloud-assembly-schema');
  if (library && written && read && (figures(written.version)[0] ?? 0) > (figures(read)[0] ?? 0)) {
    return fail(
      'cdk',
      `aws-cdk ${cli.version} cannot read what aws-cdk-lib ${library.version} writes`,
      'npm install --save-dev aws-cdk@2',
    );
  }
  return ok('cdk', cli.version);
}
