import { randomId } from '../../../core/random-id.js';
import { conflict, notFound, userError } from '../lambda-error.js';

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: '*' | Readonly<Record<string, string>>;
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The resource policy of a function, of one of its versions or aliases, or of a layer version. */
export interface PolicyRecord {
  readonly statements: readonly PolicyStatement[];
  readonly revisionId: string;
}

/** Bytes */
const LONGEST = 20_480;

export function policyDocument(statements: readonly unknown[]): string {
  return JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements });
}

/** An account by its number, as a principal. */
export const accountPrincipal = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });

/** @throws AwsError ResourceConflictException, PolicyLengthExceededException */
export function withStatement(policy: PolicyRecord | undefined, statement: PolicyStatement): PolicyRecord {
  const before = policy?.statements ?? [];
  if (before.some(({ Sid }) => Sid === statement.Sid)) {
    throw conflict(
      `The statement id (${statement.Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    );
  }
  const statements = [...before, statement];
  const size = Buffer.byteLength(policyDocument(statements));
  if (size > LONGEST) {
    throw userError(
      'PolicyLengthExceededException',
      `The final policy size (${size}) is bigger than the limit (${LONGEST}).`,
    );
  }
  return { statements, revisionId: randomId.uuid() };
}

/** @returns undefined where no statement is left @throws AwsError ResourceNotFoundException */
export function withoutStatement(policy: PolicyRecord, statementId: string): PolicyRecord | undefined {
  const statements = policy.statements.filter(({ Sid }) => Sid !== statementId);
  if (statements.length === policy.statements.length) {
    throw notFound(`Statement ${statementId} is not found in resource policy.`);
  }
  return statements.length === 0 ? undefined : { statements, revisionId: randomId.uuid() };
}

/** AWS's error for a resource without a policy. */
export const noPolicy = () => notFound('No policy is associated with the given resource.');
