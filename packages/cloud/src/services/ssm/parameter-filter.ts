import { AwsError } from '../../core/aws-error.js';
import { newest, type ParameterRecord } from './parameter-store.js';

export type ParameterFilter = (record: ParameterRecord) => boolean;

interface Filter {
  readonly Key: string;
  readonly Option?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

const COMPARE: Readonly<Record<string, (text: string, value: string) => boolean>> = {
  Equals: (text, value) => text === value,
  BeginsWith: (text, value) => text.startsWith(value),
  Contains: (text, value) => text.includes(value),
};

function unslashed(name: string): string {
  return name.startsWith('/') ? name.slice(1) : name;
}

/** True if a parameter is below a path: directly, or at any depth. */
export function isBelow(name: string, path: string, recursive: boolean): boolean {
  const base = path === '/' ? '' : `${unslashed(path).replace(/\/$/, '')}/`;
  const full = unslashed(name);
  return full.startsWith(base) && (recursive || !full.slice(base.length).includes('/'));
}

/**
 * ParameterFilters of DescribeParameters and GetParametersByPath.
 *
 * @throws AwsError for keys and options that the cloud does not have
 */
export function parameterFilter({ Key: key, Option, Values: values = [] }: Filter): ParameterFilter {
  const option = Option ?? (key === 'Path' ? 'OneLevel' : 'Equals');
  if (key === 'Path' && (option === 'OneLevel' || option === 'Recursive')) {
    return ({ name }) => values.some((path) => isBelow(name, path, option === 'Recursive'));
  }
  const compare = Object.hasOwn(COMPARE, option) ? COMPARE[option] : undefined;
  if (!compare) throw new AwsError('InvalidFilterOption', `The filter option ${option} is not valid for ${key}`);
  const matches = (text: string | undefined) => text !== undefined && values.some((value) => compare(text, value));
  if (key.startsWith('tag:')) {
    const tag = key.slice(4);
    return ({ tags }) => (values.length === 0 ? tag in tags : matches(tags[tag]));
  }
  switch (key) {
    case 'Name':
      return ({ name }) => values.some((value) => compare(unslashed(name), unslashed(value)));
    case 'Type':
      return (record) => matches(newest(record).type);
    case 'Tier':
      return (record) => matches(newest(record).tier);
    case 'DataType':
      return (record) => matches(newest(record).dataType);
    case 'KeyId':
      return (record) => matches(newest(record).keyId);
    default:
      throw new AwsError('InvalidFilterKey', `The local cloud does not have the filter key ${key}`);
  }
}
