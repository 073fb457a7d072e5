import { AwsError } from '../../core/aws-error.js';
import { printed, type Refusal, validationMessage } from '../../model/validate.js';

export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}

export function alreadyExists(message: string): AwsError {
  return new AwsError('ResourceAlreadyExistsException', message);
}

export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

export function unsupported(what: string): AwsError {
  return invalid(`The local cloud does not support ${what}`);
}

export function limitExceeded(): AwsError {
  return new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
}

export function invalidPattern(reason: string): AwsError {
  return new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
}

/** @throws AwsError ValidationException for a member that AWS has and this cloud does not support */
export function refuseMembers(input: object, supported: readonly string[], of: string): void {
  const [name] = Object.keys(input).filter((each) => !supported.includes(each));
  if (name !== undefined) throw unsupported(`${name} of ${of}`);
}

/** The members of an entry of PutEvents in the order in which EventBridge prints them. */
const ENTRY = [
  'Time',
  'Source',
  'Resources',
  'DetailType',
  'Detail',
  'EventBusName',
  'TraceHeader',
  'KmsKeyIdentifier',
  'InternalMetadata',
];

function printedEntry(entry: Readonly<Record<string, unknown>>): string {
  const members = ENTRY.map((name) => `${name.charAt(0).toLowerCase()}${name.slice(1)}=${printed(entry[name])}`);
  return `PutEventsRequestEntry(${members.join(', ')})`;
}

/** EventBridge names a value's pattern before its length, and prints the entries of PutEvents as its code does. */
export const refuseInput: Refusal = (violations) => {
  const places = violations.map(({ path }) => path);
  const isPattern = ({ constraint }: { readonly constraint: string }) => constraint.includes('regular expression');
  const sorted = [...violations].sort(
    (a, b) => places.indexOf(a.path) - places.indexOf(b.path) || Number(isPattern(b)) - Number(isPattern(a)),
  );
  const shown = sorted.map((violation) => {
    const { path, value } = violation;
    return path === 'entries' && Array.isArray(value)
      ? { ...violation, shown: `[${value.map(printedEntry).join(', ')}]` }
      : violation;
  });
  return invalid(validationMessage(shown));
};
