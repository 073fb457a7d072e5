import { type CloudFormationClient, DescribeStacksCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { withProgress } from '../terminal/progress.js';
import type { Terminal } from '../terminal/terminal.js';
import type { AwsAccess } from './aws-access.js';
import { type ApiKind, type MarkedResources, markedResources, parseTemplate } from './marked-template.js';
import { physicalIds } from './physical-ids.js';
import { webSocketUrl } from './web-socket-url.js';

interface Deployed {
  readonly stack: string;
  readonly app: string;
  /** The name of the function in the app; for an API, the function that serves its routes. */
  readonly function: string;
}

export interface DeployedFunction extends Deployed {
  /** The function's name in Lambda. */
  readonly functionName: string;
}

export interface DeployedApi extends Deployed {
  readonly kind: ApiKind;
  readonly id: string;
  readonly url: string;
}

/** Goblet's resources in one account and region. */
export interface DeployedResources {
  readonly functions: readonly DeployedFunction[];
  readonly apis: readonly DeployedApi[];
}

/** Stacks that were never created, or no longer exist. */
const ABSENT = /^(REVIEW_IN_PROGRESS|DELETE_COMPLETE|ROLLBACK_COMPLETE)$/;

/** The stage of an HTTP API whose URLs do not name it. */
const DEFAULT_STAGE = '$default';

async function stackNames(client: CloudFormationClient): Promise<string[]> {
  const names: string[] = [];
  let token: string | undefined;
  do {
    const { Stacks = [], NextToken } = await client.send(new DescribeStacksCommand({ NextToken: token }));
    for (const { StackName, StackStatus = '' } of Stacks)
      if (StackName !== undefined && !ABSENT.test(StackStatus)) names.push(StackName);
    token = NextToken;
  } while (token !== undefined);
  return names;
}

async function marksOf(client: CloudFormationClient, StackName: string): Promise<MarkedResources> {
  const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName })).catch((error: unknown) => {
    // Deleted since it was listed.
    if (error instanceof Error && /does not exist/.test(error.message)) return { TemplateBody: '' };
    throw error;
  });
  // Most stacks of an account have no Goblet app, and their templates need no parsing.
  return TemplateBody.includes('goblet') ? markedResources(parseTemplate(TemplateBody)) : { functions: [], apis: [] };
}

async function inStack(access: AwsAccess, stack: string): Promise<DeployedResources> {
  const marked = await marksOf(access.cloudFormation, stack);
  if (marked.functions.length === 0 && marked.apis.length === 0) return { functions: [], apis: [] };
  const ids = await physicalIds(access.cloudFormation, stack);
  const functions = marked.functions.flatMap(({ logicalId, app, function: name }): DeployedFunction[] => {
    const functionName = ids.get(logicalId);
    return functionName === undefined ? [] : [{ stack, app, function: name, functionName }];
  });
  const apis = marked.apis.flatMap(({ logicalId, app, function: name, kind, stageId }): DeployedApi[] => {
    const id = ids.get(logicalId);
    // A stage's physical id is its name.
    const stage = stageId === undefined ? undefined : ids.get(stageId);
    if (id === undefined || stage === undefined) return [];
    const address = access.apiUrl(id, stage === DEFAULT_STAGE ? undefined : stage);
    const url = kind === 'websocket' ? webSocketUrl(address) : address;
    return [{ stack, app, function: name, kind, id, url }];
  });
  return { functions, apis };
}

/** CloudFormation throttles an account's reads: at most this many stacks are read concurrently. */
const AT_A_TIME = 4;

/**
 * All resources of Goblet's construct in the account and region, by stack. The metadata in stack templates identifies
 * them.
 */
export async function findDeployed(access: AwsAccess, terminal: Terminal): Promise<DeployedResources> {
  let read = 0;
  let names: readonly string[] = [];
  const how = () => (names.length === 0 ? 'listing the stacks' : `reading the stacks: ${read} of ${names.length}`);
  return withProgress(terminal, how, async () => {
    names = (await stackNames(access.cloudFormation)).sort();
    const found: DeployedResources[] = [];
    const left = names.entries();
    const reader = async () => {
      for (const [index, name] of left) {
        found[index] = await inStack(access, name);
        read += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, reader));
    return { functions: found.flatMap(({ functions }) => functions), apis: found.flatMap(({ apis }) => apis) };
  });
}
