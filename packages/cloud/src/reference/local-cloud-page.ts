import type { LocalCloud, RecordedTypes, SimulatedService, SimulatedType } from './local-cloud.js';

/** The reference page of the local cloud, made from its tables. */
export function localCloudPage({ services, resourceTypes }: LocalCloud): string {
  return [
    '<!-- Written by npm run docs:cloud from the tables of packages/cloud; edit those instead. -->',
    '',
    '# What the local cloud simulates, records and refuses',
    '',
    'The same in JSON, complete: [local-cloud.json](local-cloud.json).',
    '',
    '| word | meaning |',
    '| --- | --- |',
    '| simulated | does what AWS does, as far as a stack, its functions and its clients can see |',
    '| stored | the property is kept and returned, and has no effect here; each deployment names it |',
    "| recorded | `Ref` and attributes have AWS's shapes, properties are checked, and nothing runs; each deployment names it. `goblet cloud --refuse-recorded` refuses it |",
    '| refused | an error names it. A deployment names everything that is refused at once, before anything is made |',
    '',
    '## Services',
    '',
    '| service | operations | not supported |',
    '| --- | ---: | --- |',
    ...Object.entries(services).map(serviceRow),
    '',
    '## Differences of services',
    '',
    '| service | the local cloud |',
    '| --- | --- |',
    ...Object.entries(services).flatMap(([name, { differs }]) => differs.map((each) => `| ${name} | ${each} |`)),
    '',
    '## Simulated resource types',
    '',
    'Custom resources (`Custom::…`, `AWS::CloudFormation::CustomResource`) are simulated as well.',
    '',
    '| type | stored | refused |',
    '| --- | --- | --- |',
    ...Object.entries(resourceTypes.simulated).map(typeRow),
    '',
    '## Recorded resource types',
    '',
    '| category | effect | types |',
    '| --- | --- | --- |',
    ...resourceTypes.recorded.filter(({ types }) => types.length > 0).map(recordedRow),
    '',
    '## Refused resource types',
    '',
    resourceTypes.refused.map((type) => `\`${type}\``).join(', '),
    '',
  ].join('\n');
}

/** As many operations are named in a table; the JSON has all. */
const NAMED = 12;

function serviceRow([name, { operations }]: readonly [string, SimulatedService]): string {
  const { simulated, refused } = operations;
  const shown = refused.slice(0, NAMED).join(', ');
  const others = refused.length > NAMED ? ` and ${refused.length - NAMED} more` : '';
  return `| ${name} | ${simulated.length} of ${simulated.length + refused.length} | ${shown}${others} |`;
}

function typeRow([name, { stored, refused, recordedIf }]: readonly [string, SimulatedType]): string {
  const refusals = refused.map(({ path, values, why }) => `\`${path}\`${values ? ` (${values})` : ''}: ${why}`);
  const note = recordedIf === undefined ? '' : `<br>recorded if ${recordedIf}`;
  return `| \`${name}\`${note} | ${stored.join(', ')} | ${refusals.join('<br>')} |`;
}

function recordedRow({ category, differs, types }: RecordedTypes): string {
  return `| ${category} | ${differs} | ${namespacesOf(types).join(', ')} |`;
}

/** `AWS::EC2 (101)`, or the type itself where there is one of its namespace. */
function namespacesOf(types: readonly string[]): readonly string[] {
  const counts = new Map<string, string[]>();
  for (const type of types) {
    const namespace = type.split('::', 2).join('::');
    counts.set(namespace, [...(counts.get(namespace) ?? []), type]);
  }
  return [...counts].map(([namespace, own]) => (own.length === 1 ? (own[0] ?? '') : `${namespace} (${own.length})`));
}
