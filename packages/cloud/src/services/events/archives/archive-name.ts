import type { Scope } from '../../../core/operation.js';
import { parseArn } from '../../../kit/arn.js';

/** An archive of events, or a replay of one. */
export interface ArchiveName extends Scope {
  readonly name: string;
}

const RESOURCE = /^archive\/(?<name>[.\-_A-Za-z0-9]{1,48})$/;

export function archiveArn({ account, region, name }: ArchiveName): string {
  return `arn:aws:events:${region}:${account}:archive/${name}`;
}

export function replayArn({ account, region, name }: ArchiveName): string {
  return `arn:aws:events:${region}:${account}:replay/${name}`;
}

export function parseArchiveArn(arn: string): ArchiveName | undefined {
  const { service, account, region, resource = '' } = parseArn(arn) ?? {};
  const name = RESOURCE.exec(resource)?.groups?.name;
  return service !== 'events' || account === undefined || region === undefined || name === undefined
    ? undefined
    : { account, region, name };
}
