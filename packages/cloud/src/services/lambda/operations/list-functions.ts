import { pageOf } from '../../../kit/page.js';
import { listedConfiguration } from '../functions/function-record.js';
import { invalidMarker } from '../lambda-error.js';
import { anyAccess, lambdaOperation } from '../service-state.js';

/** Functions of one page at most, whatever the caller asks for. */
const LARGEST_PAGE = 50;

export const listFunctions = lambdaOperation({
  name: 'ListFunctions',
  limits: { MaxItems: { min: 1, max: 10_000 }, FunctionVersion: { values: ['ALL'] } },
  access: (row) => [anyAccess(row, 'ListFunctions')],
  handle: async ({ Marker, MaxItems = LARGEST_PAGE, FunctionVersion }, call, { functions }) => {
    const { items, next } = pageOf(await functions.list(call), {
      keyOf: ({ name }) => name,
      limit: Math.min(MaxItems, LARGEST_PAGE),
      token: Marker,
      of: ['ListFunctions', FunctionVersion],
      refuse: invalidMarker,
    });
    const all = FunctionVersion === 'ALL';
    return {
      Functions: items.flatMap((record) =>
        (all ? [record.latest, ...record.versions] : [record.latest]).map((version) =>
          listedConfiguration(record, version, call, all ? version.version : undefined),
        ),
      ),
      NextMarker: next,
    };
  },
});
