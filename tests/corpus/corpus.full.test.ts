import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { servedCloud } from '../faults/cloud-process.js';
import { root } from '../processes/commands.js';
import { readCorpus, typesOf } from './corpus-stack.js';
import { deployApp, type Outcome } from './deploy-app.js';

/** The folder of synthesized stacks of public CDK apps; they are not part of this repository. */
const corpus = process.env.GOBLET_CORPUS;
/** A file for the outcome of each stack, as JSON lines. */
const report = process.env.GOBLET_CORPUS_REPORT;

/** At the last count (docs/status.md); they only rise. */
const LEAST = { deployed: 707, simulated: 358 };

/** A protected table, and buckets that are not empty: the stub of the function that empties them removes nothing. */
const LEFT = [
  'framework/aws-dynamodb__integ.dynamodb.deletion-protection.json deletion-protection-stack',
  'framework/aws-scheduler-targets__integ.codepipeline-start-pipeline-execution.json aws-cdk-scheduler-targets-codepipeline-start-pipeline-execution',
  'samples/ex__static-site-basic.json MyStaticSite',
];

const WORKERS = 2;
const FIRST_ACCOUNT = 210_000_000_000;

/** The types that docs/reference/local-cloud.json does not call simulated. */
function recordedTypes(): ReadonlySet<string> {
  const { resourceTypes } = JSON.parse(readFileSync(join(root, 'docs/reference/local-cloud.json'), 'utf8'));
  return new Set(resourceTypes.recorded.flatMap(({ types }: { readonly types: readonly string[] }) => types));
}

test.skipIf(corpus === undefined)(
  'public stacks deploy and are deleted cleanly (GOBLET_CORPUS names their folder; skipped without it)',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'goblet-corpus-'));
    await using cloud = await servedCloud(folder);
    const { secretAccessKey } = JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8'));
    const { endpoint } = cloud;
    const apps = readCorpus(corpus ?? '').map((app, index) => ({ app, account: String(FIRST_ACCOUNT + index) }));
    const types = new Map(
      apps.flatMap(({ app }) => app.stacks.map((stack) => [`${app.name} ${stack.stackName}`, typesOf(stack)])),
    );
    const outcomes: Outcome[] = [];
    const waiting = [...apps];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const { app, account } = next;
        const credentials = { accessKeyId: `GOBLET${account}`, secretAccessKey };
        const configOf = (region: string) => ({ endpoint, region, credentials });
        outcomes.push(...(await deployApp(app, account, configOf)));
      }
    };
    await Promise.all(Array.from({ length: WORKERS }, work));
    if (report) writeFileSync(report, outcomes.map((outcome) => `${JSON.stringify(outcome)}\n`).join(''));

    const clean = outcomes.filter(({ failure, isDeleted }) => failure === undefined && isDeleted);
    const recorded = recordedTypes();
    const simulated = clean.filter(
      ({ stack, hasRecorded }) => !hasRecorded && ![...(types.get(stack) ?? [])].some((type) => recorded.has(type)),
    );
    const share = (count: number) =>
      `${count} of ${outcomes.length} (${((100 * count) / outcomes.length).toFixed(1)} %)`;
    console.log(`${share(clean.length)} deploy and are deleted cleanly, ${share(simulated.length)} simulated alone`);
    expect(clean.length).toBeGreaterThanOrEqual(LEAST.deployed);
    expect(simulated.length).toBeGreaterThanOrEqual(LEAST.simulated);
    const left = outcomes.filter(({ failure, isDeleted }) => failure === undefined && !isDeleted);
    expect(left.map(({ stack }) => stack).sort()).toEqual(LEFT);
    rmSync(folder, { recursive: true, force: true });
  },
  1_800_000,
);
