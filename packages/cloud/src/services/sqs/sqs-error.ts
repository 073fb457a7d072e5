import { AwsError } from '../../core/aws-error.js';
import { type BatchEntry, type BatchWords, eachEntry } from '../../kit/batch.js';
import { headerCodeOf, queryCodeOf } from '../../model/query-code.js';
import { serviceModel } from '../../model/service-model.js';
import { type Refusal, validationMessage } from '../../model/validate.js';

/** An error's code in the older query protocol, which batches tell of their entries in JSON too. */
function queryCode(code: string): string {
  return headerCodeOf(serviceModel('sqs'), code);
}

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}

export function invalidValue(value: unknown, parameter: string, reason: string): AwsError {
  return invalidParameter(`Value ${String(value)} for parameter ${parameter} is invalid. Reason: ${reason}`);
}

export function missingParameter(name: string): AwsError {
  return new AwsError('MissingRequiredParameterException', `The request must contain the parameter ${name}.`);
}

/** For members of single messages, which a batch refuses one by one. @throws AwsError InvalidParameterValueException */
export function checkRange(name: string, value: number | undefined, min: number, max: number): void {
  if (value !== undefined && (value < min || value > max)) throw outOfRange(name, value, min, max);
}

function outOfRange(name: string, value: unknown, min?: number, max?: number): AwsError {
  return invalidValue(value, name, `Must be >= ${min} and <= ${max}, if provided.`);
}

/** SQS reports only the first violation, in its own words. */
export const refuseInput: Refusal = (violations) => {
  const [{ name, value, missing, limits } = { name: '', value: undefined, missing: true, limits: {} }] = violations;
  if (missing) return missingParameter(name);
  const { min, max } = limits;
  if (name === 'MaxNumberOfMessages')
    return invalidValue(value, name, `Must be between ${min} and ${max}, if provided.`);
  if (typeof value !== 'number') return invalidParameter(validationMessage(violations));
  return outOfRange(name, value, min, max);
};

export function queueDoesNotExist(): AwsError {
  return new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
}

const unlessEmpty = <Item>(list: Item[]): Item[] | undefined => (list.length > 0 ? list : undefined);

/** Processes the entries of a batch; the answer leaves out the list that would be empty. */
export async function eachQueued<Entry extends BatchEntry, Done extends object>(
  entries: readonly Entry[],
  run: (entry: Entry) => Done | Promise<Done>,
) {
  const { Successful, Failed } = await eachEntry(entries, run, queryCode);
  return { Successful: unlessEmpty(Successful), Failed: unlessEmpty(Failed) };
}

const KMS_ERRORS: Readonly<Record<string, string>> = {
  AccessDeniedException: 'KmsAccessDenied',
  DisabledException: 'KmsDisabled',
  InvalidKeyUsageException: 'KmsInvalidKeyUsage',
  KMSInvalidStateException: 'KmsInvalidState',
  NotFoundException: 'KmsNotFound',
};

/** SQS's error for one of KMS, which clients of the query protocol know as `KMS.NotFoundException`. */
export function keyError({ code, message }: AwsError): AwsError {
  return new AwsError(KMS_ERRORS[code] ?? code, message);
}

/** @param kind the shape of an entry: `SendMessageBatchRequestEntry` */
export const batchWords = (kind: string): BatchWords => ({
  empty: `There should be at least one ${kind} in the request.`,
  tooMany: (most, count) => `Maximum number of entries per request are ${most}. You have sent ${count}.`,
  badId: () =>
    'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
  repeated: (id) => `Id ${id} repeated.`,
});

/** The code of a failure as SQS's answers and tasks name it: `AWS.SimpleQueueService.NonExistentQueue`. */
export function failureCode(error: unknown): string {
  return error instanceof AwsError ? queryCodeOf(serviceModel('sqs'), error.code) : 'InternalError';
}
