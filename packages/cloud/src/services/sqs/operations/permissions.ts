import { parseJson } from '../../../core/json.js';
import { queueArn } from '../../../core/queue-name.js';
import { parseQueueUrl } from '../queue-name.js';
import type { QueueRecord } from '../queue-record.js';
import { onQueue, sqsOperation } from '../service-state.js';
import { invalidValue } from '../sqs-error.js';

interface Policy {
  readonly Version: string;
  readonly Id?: string;
  readonly Statement: readonly Statement[];
}

interface Statement {
  readonly Sid?: string;
}

/** The queue's policy, or the one that SQS begins with. It was checked when it was set. */
function policyOf(record: QueueRecord): Policy {
  const { Policy: text } = record.attributes;
  if (text === undefined) return { Version: '2008-10-17', Id: `${queueArn(record)}/SQSDefaultPolicy`, Statement: [] };
  const policy = parseJson(text) as Policy;
  return { ...policy, Statement: [policy.Statement].flat() };
}

function withStatements(record: QueueRecord, Statement: readonly Statement[]): QueueRecord {
  const { Policy: _policy, ...others } = record.attributes;
  const attributes = {
    ...others,
    ...(Statement.length > 0 && { Policy: JSON.stringify({ ...policyOf(record), Statement }) }),
  };
  return { ...record, attributes };
}

/** One value alone, several as a list, as SQS writes policies. */
const oneOrMore = (values: readonly string[]): string | readonly string[] =>
  values.length === 1 ? (values[0] ?? '') : values;

const LABEL = /^[\w-]{1,80}$/;

export const addPermission = sqsOperation({
  name: 'AddPermission',
  parse: ({ QueueUrl, Label, AWSAccountIds, Actions }, scope) => {
    if (!LABEL.test(Label)) {
      const reason = 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.';
      throw invalidValue(Label, 'Label', reason);
    }
    return { queue: parseQueueUrl(QueueUrl, scope), label: Label, accounts: AWSAccountIds, actions: Actions };
  },
  access: (row) => [onQueue(row, 'AddPermission')],
  handle: async ({ queue, label, accounts, actions }, _call, { queues }) => {
    await queues.change(queue, (record) => {
      const { Statement } = policyOf(record);
      if (Statement.some(({ Sid }) => Sid === label)) throw invalidValue(label, 'Label', 'Already exists.');
      const statement = {
        Sid: label,
        Effect: 'Allow',
        Principal: { AWS: oneOrMore(accounts.map((account) => `arn:aws:iam::${account}:root`)) },
        Action: oneOrMore(actions.map((action) => `SQS:${action}`)),
        Resource: queueArn(record),
      };
      return withStatements(record, [...Statement, statement]);
    });
  },
});

export const removePermission = sqsOperation({
  name: 'RemovePermission',
  parse: ({ QueueUrl, Label }, scope) => ({ queue: parseQueueUrl(QueueUrl, scope), label: Label }),
  access: (row) => [onQueue(row, 'RemovePermission')],
  handle: async ({ queue, label }, _call, { queues }) => {
    await queues.change(queue, (record) => {
      const { Statement } = policyOf(record);
      const left = Statement.filter(({ Sid }) => Sid !== label);
      if (left.length === Statement.length) {
        throw invalidValue(label, 'Label', "can't find label.");
      }
      return withStatements(record, left);
    });
  },
});
