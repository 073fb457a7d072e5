import { expect, test, vi } from 'vitest';
import { lineBatch } from './line-batch.js';

test('lines of one moment are written together, in order, and later ones after them', () => {
  vi.useFakeTimers();
  try {
    const written: string[] = [];
    const batch = lineBatch((lines) => written.push(lines));
    batch.add('one');
    batch.add('two');
    expect(written).toEqual([]);
    vi.runAllTimers();
    batch.add('three');
    vi.runAllTimers();
    expect(written).toEqual(['one\ntwo', 'three']);
  } finally {
    vi.useRealTimers();
  }
});

test('what waits is written at once when asked for, and not again', () => {
  vi.useFakeTimers();
  try {
    const written: string[] = [];
    const batch = lineBatch((lines) => written.push(lines));
    batch.add('one');
    batch.flush();
    vi.runAllTimers();
    expect(written).toEqual(['one']);
  } finally {
    vi.useRealTimers();
  }
});
