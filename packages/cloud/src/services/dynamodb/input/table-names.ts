import type { Scope } from '../../../core/operation.js';
import { validationError } from '../engine/errors.js';

const ARN = /^arn:[^:]+:dynamodb:([^:]+):(\d{12}):table\/([^/]+)$/;

/** A table by the ARN that a caller gives for its name. */
export interface TableArn extends Scope {
  readonly name: string;
}

/** @throws AwsError ValidationException for text that begins as an ARN and is none of a table */
export function parseTableArn(text: string): TableArn | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const [, region, account, name] = ARN.exec(text) ?? [];
  if (region === undefined || account === undefined || name === undefined) {
    throw validationError(`Invalid TableArn: Invalid ResourceArn provided as input ${text}`);
  }
  return { region, account, name };
}

/**
 * The name of a table that is named inside a batch or a transaction.
 * @throws AwsError ValidationException for tables that are not of the caller's own account and region
 */
export function ownTable(text: string, { account, region }: Scope): string {
  const arn = parseTableArn(text);
  if (arn === undefined) return text;
  if (arn.account === account && arn.region === region) return arn.name;
  throw validationError(
    `The local cloud does not reach tables of another account or region: ${arn.account}/${arn.region}`,
  );
}

type Members = Readonly<Record<string, unknown>>;

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The input of a transaction with the names of tables in the place of their ARNs. */
export function withPlainTables(raw: unknown, scope: Scope): unknown {
  if (!isMembers(raw) || !Array.isArray(raw.TransactItems)) return raw;
  const part = (value: unknown): unknown =>
    isMembers(value) && typeof value.TableName === 'string'
      ? { ...value, TableName: ownTable(value.TableName, scope) }
      : value;
  const item = (value: unknown): unknown =>
    isMembers(value) ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, part(each)])) : value;
  return { ...raw, TransactItems: raw.TransactItems.map(item) };
}

/** How a caller names tables, by the tables' names; absent for those that it calls by their names. */
export interface Asked {
  readonly asked: ReadonlyMap<string, string>;
}

/**
 * The input of a batch with the names of tables in the place of their ARNs, and how the caller names each table, by which
 * the answer tells of it.
 */
export function withPlainKeys(raw: unknown, scope: Scope): Asked & { readonly raw: unknown } {
  const asked = new Map<string, string>();
  if (!isMembers(raw) || !isMembers(raw.RequestItems)) return { raw, asked };
  const entries = Object.entries(raw.RequestItems).map(([text, requests]) => {
    const name = ownTable(text, scope);
    if (name !== text) asked.set(name, text);
    return [name, requests] as const;
  });
  return { raw: { ...raw, RequestItems: Object.fromEntries(entries) }, asked };
}
