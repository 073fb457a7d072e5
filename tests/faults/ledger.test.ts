import { expect, test } from 'vitest';
import { Ledger } from './ledger.js';

const died = new Error('died');
const answered = async () => {};
const cutOff = async () => {
  throw died;
};

test('what was acknowledged must be there', async () => {
  const ledger = new Ledger('it', 0);
  await ledger.change(1, answered);
  ledger.settle(1);
  for (const lost of [0, 2, undefined]) expect(() => ledger.settle(Number(lost))).toThrow(/it is .* and not 1/);
});

test('what was under way may be there or not, and what came before it may not', async () => {
  for (const found of [1, 2]) {
    const ledger = new Ledger('it', 0);
    await ledger.change(1, answered);
    await expect(ledger.change(2, cutOff)).rejects.toBe(died);
    expect(() => ledger.settle(0)).toThrow('it is 0 and not 1 or 2');
    ledger.settle(found);
    expect(ledger.acknowledged).toBe(found);
    expect(() => ledger.settle(3 - found)).toThrow();
  }
});
