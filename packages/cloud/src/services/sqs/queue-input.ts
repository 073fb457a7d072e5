import { AwsError } from '../../core/aws-error.js';
import { InputReader } from '../../core/input-reader.js';
import { invalidValue } from './sqs-error.js';

export function readInput(raw: unknown): InputReader {
  return new InputReader(raw, 'InvalidParameterValueException');
}

/** @throws AwsError MissingRequiredParameterException */
export function neededText(input: InputReader, name: string): string {
  const text = input.text(name);
  if (text === undefined) {
    throw new AwsError('MissingRequiredParameterException', `The request must contain the parameter ${name}.`);
  }
  return text;
}

/** @throws AwsError InvalidParameterValueException */
export function integerBetween(input: InputReader, name: string, min: number, max: number): number | undefined {
  const value = input.integer(name, { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY });
  if (value !== undefined && (value < min || value > max)) {
    throw invalidValue(value, name, `Must be >= ${min} and <= ${max}, if provided.`);
  }
  return value;
}

/** The members that every operation on one queue has. */
export function readUrl(raw: unknown): { readonly input: InputReader; readonly url: string } {
  const input = readInput(raw);
  return { input, url: neededText(input, 'QueueUrl') };
}
