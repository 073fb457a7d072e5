import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { LambdaClient, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import type { Target } from '../cloud/cloud-environment.js';
import type { RunningCloud } from '../cloud/running-cloud.js';
import { physicalIds } from '../deployed/physical-ids.js';
import type { AssemblyFunction, AssemblyStack } from './assembly.js';

/** A deployed function. */
export interface DeployedFunction extends AssemblyFunction {
  /** Its name in Lambda. */
  readonly physicalName: string;
  readonly account: string;
  readonly region: string;
}

/** The deployed functions, and AWS's calls that update their code. */
export interface FunctionCode {
  /** The functions of a deployed stack. */
  readonly deployed: (stack: AssemblyStack) => Promise<readonly DeployedFunction[]>;
  readonly update: (fn: DeployedFunction, zip: Uint8Array) => Promise<void>;
  readonly close: () => void;
}

/** @param target for stacks that specify no account or region */
export function functionCode(cloud: RunningCloud, target: Target): FunctionCode {
  const clients = new Map<string, { lambda: LambdaClient; cloudFormation: CloudFormationClient }>();

  function clientsOf({ account, region }: { readonly account: string; readonly region: string }) {
    const key = `${account} ${region}`;
    const known = clients.get(key);
    if (known) return known;
    const config = {
      endpoint: cloud.endpoint,
      region,
      credentials: { accessKeyId: `GOBLET${account}`, secretAccessKey: cloud.secretAccessKey },
    };
    const made = { lambda: new LambdaClient(config), cloudFormation: new CloudFormationClient(config) };
    clients.set(key, made);
    return made;
  }

  return {
    deployed: async ({ stackName, functions, account = target.account, region = target.region }) => {
      if (functions.length === 0) return [];
      const { cloudFormation } = clientsOf({ account, region });
      const names = await physicalIds(cloudFormation, stackName);
      return functions.flatMap((fn) => {
        const physicalName = names.get(fn.logicalId);
        return physicalName === undefined ? [] : [{ ...fn, physicalName, account, region }];
      });
    },
    update: async (fn, zip) => {
      const { lambda } = clientsOf(fn);
      await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: fn.physicalName, ZipFile: zip }));
    },
    close: () => {
      for (const { lambda, cloudFormation } of clients.values()) {
        lambda.destroy();
        cloudFormation.destroy();
      }
    },
  };
}
