import { malformedXml } from '../../../gateway/read-xml.js';
import { s3Error } from '../s3-error.js';
import type { BucketSettings } from './bucket-settings.js';

type Website = NonNullable<BucketSettings['website']>;
type RoutingRule = NonNullable<Website['RoutingRules']>[number];

function checkRule({ Redirect, Condition }: RoutingRule): void {
  const { Protocol, ReplaceKeyPrefixWith, ReplaceKeyWith } = Redirect ?? {};
  if (Protocol !== undefined && Protocol !== 'http' && Protocol !== 'https') {
    throw s3Error.invalidRequest(
      'Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.',
    );
  }
  if (ReplaceKeyPrefixWith !== undefined && ReplaceKeyWith !== undefined) {
    throw s3Error.invalidRequest('You can only define ReplaceKeyPrefix or ReplaceKey but not both.');
  }
  if (Condition && Object.keys(Condition).length === 0) {
    throw s3Error.invalidRequest(
      "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be present.",
    );
  }
}

/** @throws AwsError InvalidArgument, InvalidRequest, MalformedXML */
export function checkWebsite(website: Website): void {
  const { RedirectAllRequestsTo, IndexDocument, ErrorDocument, RoutingRules } = website;
  if (RedirectAllRequestsTo) {
    if (!IndexDocument && !ErrorDocument && !RoutingRules) return;
    const message = 'RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.';
    throw s3Error.invalidArgument(message, 'RedirectAllRequestsTo', 'not null');
  }
  if (!IndexDocument) {
    const message = 'A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty';
    throw s3Error.invalidArgument(message, 'IndexDocument', 'null');
  }
  const { Suffix = '' } = IndexDocument;
  if (Suffix === '' || Suffix.includes('/')) {
    throw s3Error.invalidArgument('The IndexDocument Suffix is not well formed', 'IndexDocument', Suffix);
  }
  if (RoutingRules?.length === 0) throw malformedXml();
  for (const rule of RoutingRules ?? []) checkRule(rule);
}
