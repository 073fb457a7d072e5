import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const VERSION = '55.0.0';

export interface AssemblyStack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly resources: object;
  readonly outputs?: object;
}

/** What every template of CDK's default synthesizer begins with. */
const BOOTSTRAP_CHECK = {
  Parameters: {
    BootstrapVersion: {
      Type: 'AWS::SSM::Parameter::Value<String>',
      Default: '/cdk-bootstrap/hnb659fds/version',
      // Tells the CLI that another version is no reason to deploy.
      Description: '[cdk:skip]',
    },
  },
  Rules: {
    CheckBootstrapVersion: {
      Assertions: [
        {
          Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2', '3', '4', '5'], { Ref: 'BootstrapVersion' }] }] },
          AssertDescription: 'CDK bootstrap stack version 6 required.',
        },
      ],
    },
  },
};

/** Writes a cloud assembly of one stack, as CDK's default synthesizer does, for `cdk --app <folder>`. */
export async function writeAssembly(
  folder: string,
  { name, account, region, resources, outputs }: AssemblyStack,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const role = (kind: string): string =>
    `arn:\${AWS::Partition}:iam::${account}:role/cdk-hnb659fds-${kind}-role-${account}-${region}`;
  const template = JSON.stringify({ Resources: resources, ...(outputs && { Outputs: outputs }), ...BOOTSTRAP_CHECK });
  const hash = createHash('sha256').update(template).digest('hex');
  const bucketName = `cdk-hnb659fds-assets-${account}-${region}`;
  const version = {
    requiresBootstrapStackVersion: 6,
    bootstrapStackVersionSsmParameter: '/cdk-bootstrap/hnb659fds/version',
  };
  const manifest = {
    version: VERSION,
    artifacts: {
      [`${name}.assets`]: { type: 'cdk:asset-manifest', properties: { file: `${name}.assets.json`, ...version } },
      [name]: {
        type: 'aws:cloudformation:stack',
        environment: `aws://${account}/${region}`,
        properties: {
          templateFile: `${name}.template.json`,
          assumeRoleArn: role('deploy'),
          cloudFormationExecutionRoleArn: role('cfn-exec'),
          stackTemplateAssetObjectUrl: `s3://${bucketName}/${hash}.json`,
          ...version,
          additionalDependencies: [`${name}.assets`],
          lookupRole: { ...version, arn: role('lookup'), requiresBootstrapStackVersion: 8 },
        },
        dependencies: [`${name}.assets`],
        displayName: name,
      },
    },
  };
  const destination = { bucketName, objectKey: `${hash}.json`, region, assumeRoleArn: role('file-publishing') };
  const assets = {
    version: VERSION,
    files: {
      [hash]: {
        displayName: `${name} Template`,
        source: { path: `${name}.template.json`, packaging: 'file' },
        destinations: { [`${account}-${region}`]: destination },
      },
    },
    dockerImages: {},
  };
  const files = {
    'cdk.out': JSON.stringify({ version: VERSION }),
    'manifest.json': JSON.stringify(manifest),
    [`${name}.assets.json`]: JSON.stringify(assets),
    [`${name}.template.json`]: template,
  };
  await Promise.all(Object.entries(files).map(([file, content]) => writeFile(join(folder, file), content)));
}
