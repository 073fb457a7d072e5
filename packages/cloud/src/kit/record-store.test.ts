import { expect, test } from 'vitest';
import { testCloud } from '../testing/index.js';
import { RecordStore } from './record-store.js';

const SCOPE = { account: '000000000000', region: 'eu-west-1' };
const record = (name: string, value: number, region = SCOPE.region) => ({ ...SCOPE, region, name, value });
const nameOf = ({ name }: { readonly name: string }) => name;

async function records(
  load = (area: ReturnType<typeof areaOf>) => new RecordStore<ReturnType<typeof record>>(area, key),
) {
  const cloud = await testCloud({ services: [] });
  const area = areaOf(cloud);
  return { store: load(area), again: () => load(area), [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose]() };
}
const key = ({ region, name }: { readonly region: string; readonly name: string }) => `${region}/${name}`;
const areaOf = (cloud: Awaited<ReturnType<typeof testCloud>>) => cloud.context.store.root.area('test-records');

test('the last of several changes at once is what is there, now and after a restart', async () => {
  await using opened = await records();
  const { store } = opened;
  const written = [store.put(record('a', 1)), store.put(record('a', 2)), store.put(record('b', 3))];
  expect(store.find('eu-west-1/a')).toEqual(record('a', 2));
  await Promise.all([...written, store.delete('eu-west-1/b'), store.delete('eu-west-1/missing')]);
  const next = opened.again();
  await next.load();
  expect([...next.all]).toEqual([record('a', 2)]);
});

test('records are listed by account and region, in the order of their names', async () => {
  await using opened = await records();
  const { store } = opened;
  for (const name of ['b', 'a', 'C']) await store.put(record(name, 0));
  await store.put(record('d', 0, 'us-east-1'));
  expect(store.list(SCOPE, nameOf).map(nameOf)).toEqual(['C', 'a', 'b']);
});
