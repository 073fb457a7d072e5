import { randomId } from '../../../core/random-id.js';
import { malformedXml } from '../../../gateway/read-xml.js';
import { s3Error } from '../s3-error.js';
import type { BucketSettings } from './bucket-settings.js';

export type LifecycleRule = NonNullable<NonNullable<BucketSettings['lifecycle']>['Rules']>[number];
type Filter = NonNullable<LifecycleRule['Filter']>;

/** Conditions of a filter: it has one of them, or `And`, which has several. */
const CONDITIONS = ['Prefix', 'Tag', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan', 'And'] as const;
const DAY = 24 * 60 * 60 * 1000;

function checkFilter(filter: Filter): void {
  if (CONDITIONS.filter((name) => filter[name] !== undefined).length > 1) throw malformedXml();
  const keys = (filter.And?.Tags ?? []).map(({ Key }) => Key);
  if (new Set(keys).size < keys.length) throw s3Error.invalidRequest('Duplicate Tag Keys are not allowed.');
}

/** @throws AwsError InvalidArgument */
function checkDate(date: Date | undefined): void {
  if (date === undefined || date.getTime() % DAY === 0) return;
  throw s3Error.invalidArgument("'Date' must be at midnight GMT", 'Date', date.toISOString());
}

function checkRule(rule: LifecycleRule): void {
  const { Expiration, NoncurrentVersionExpiration, Filter, Prefix, Status } = rule;
  if (Status !== 'Enabled' && Status !== 'Disabled') throw malformedXml();
  if (Filter === undefined && Prefix === undefined) throw malformedXml();
  if (Filter) checkFilter(Filter);
  const { Days, Date: date, ExpiredObjectDeleteMarker } = Expiration ?? {};
  if (Expiration && [Days, date, ExpiredObjectDeleteMarker].filter((each) => each !== undefined).length !== 1) {
    throw malformedXml();
  }
  checkDays(rule);
  checkDate(date);
  for (const { Date: moment } of rule.Transitions ?? []) checkDate(moment);
  const { NoncurrentDays, NewerNoncurrentVersions } = NoncurrentVersionExpiration ?? {};
  if (NoncurrentVersionExpiration && NoncurrentDays === undefined && NewerNoncurrentVersions === undefined) {
    throw malformedXml();
  }
}

/** Days after which something is removed, at least one, or moved, at least none. @throws AwsError InvalidArgument */
function checkDays({
  Expiration,
  Transitions,
  NoncurrentVersionExpiration,
  NoncurrentVersionTransitions,
  AbortIncompleteMultipartUpload,
}: LifecycleRule): void {
  const removals = [
    ['Days', 'Expiration', Expiration?.Days],
    ['NoncurrentDays', 'NoncurrentVersionExpiration', NoncurrentVersionExpiration?.NoncurrentDays],
    ['DaysAfterInitiation', 'AbortIncompleteMultipartUpload', AbortIncompleteMultipartUpload?.DaysAfterInitiation],
  ] as const;
  for (const [name, action, days] of removals) {
    if (days === undefined || days > 0) continue;
    throw s3Error.invalidArgument(`'${name}' for ${action} action must be a positive integer`, name, String(days));
  }
  const moves = [
    ...(Transitions ?? []).map(({ Days }) => ['Days', 'Transition', Days] as const),
    ...(NoncurrentVersionTransitions ?? []).map(
      ({ NoncurrentDays }) => ['NoncurrentDays', 'NoncurrentVersionTransition', NoncurrentDays] as const,
    ),
  ];
  for (const [name, action, days] of moves) {
    if (days === undefined || days >= 0) continue;
    throw s3Error.invalidArgument(`'${name}' in ${action} action must be nonnegative`, name, String(days));
  }
}

/**
 * The rules of a lifecycle as they are kept: each with an id.
 *
 * @throws AwsError MalformedXML, InvalidArgument, InvalidRequest
 */
export function checkRules(rules: readonly LifecycleRule[]): readonly LifecycleRule[] {
  if (rules.length === 0) throw malformedXml();
  for (const rule of rules) checkRule(rule);
  const named = rules.map((rule) => ({ ...rule, ID: rule.ID || randomId.lower(48) }));
  if (new Set(named.map(({ ID }) => ID)).size < named.length) {
    throw s3Error.invalidArgument('Rule ID must be unique. Found same ID for more than one rule', 'ID');
  }
  return named;
}
