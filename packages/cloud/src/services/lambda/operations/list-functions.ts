import { InputReader } from '../../../core/input-reader.js';
import { functionConfiguration } from '../function-record.js';
import { anyAccess, lambdaOperation } from '../service-state.js';

export const listFunctions = lambdaOperation({
  name: 'ListFunctions',
  http: {
    method: 'GET',
    path: '/2015-03-31/functions',
    query: { Marker: 'Marker', MaxItems: 'MaxItems', FunctionVersion: 'FunctionVersion' },
  },
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = {
      marker: input.text('Marker'),
      limit: input.integer('MaxItems', { min: 1, max: 10_000 }) ?? 50,
      all: input.text('FunctionVersion', { oneOf: ['ALL'] }) === 'ALL',
    };
    input.check();
    return parsed;
  },
  access: (row) => [anyAccess(row, 'ListFunctions')],
  handle: async ({ marker, limit, all }, call, { functions }) => {
    const records = (await functions.list(call)).filter(({ name }) => marker === undefined || name > marker);
    // Fifty at most, whatever the caller asks for.
    const page = records.slice(0, Math.min(limit, 50));
    const last = page.at(-1);
    return {
      Functions: page.flatMap((record) =>
        (all ? [record.latest, ...record.versions] : [record.latest]).map((version) =>
          functionConfiguration(record, version, call, all ? version.version : undefined),
        ),
      ),
      ...(last && page.length < records.length && { NextMarker: last.name }),
    };
  },
});
