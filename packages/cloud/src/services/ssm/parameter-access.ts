import type { AccessRow, ConditionKeys, RowMaker, Target } from '../../core/access.js';
import { type ParameterSelector, parameterArn } from './parameter-name.js';
import type { ParameterStore } from './parameter-store.js';

type ParameterRow<Input> = RowMaker<ParameterStore, Input>;
type ParameterKeys<Input> = ConditionKeys<ParameterStore, Input, ParameterTarget>;

interface ParameterTarget extends Target {
  readonly name: string;
}

const resourceTags: ParameterKeys<unknown> = {
  'aws:ResourceTag/*': async ({ target, call, state }) => (await state.get(call, target.name))?.tags,
  'ssm:resourceTag/*': async ({ target, call, state }) => (await state.get(call, target.name))?.tags,
};

/** One action on the parameters of these names. */
export function parameterAccess<Input>(
  row: ParameterRow<Input>,
  action: string,
  namesOf: (input: Input) => readonly string[],
  keys: ParameterKeys<NoInfer<Input>> = {},
): AccessRow<ParameterStore, Input> {
  return row<ParameterTarget>({
    action: `ssm:${action}`,
    type: 'parameter',
    on: (input, call) => namesOf(input).map((name) => ({ resource: parameterArn(call, name), name })),
    keys: { ...resourceTags, ...keys },
  });
}

/** For operations on the parameter that a selector means. */
export const selectedAccess = <Input extends { readonly selected: ParameterSelector }>(
  row: ParameterRow<Input>,
  action: string,
) => parameterAccess(row, action, ({ selected }) => [selected.name]);

/** For operations on the parameters that selectors mean. */
export const allSelectedAccess = <Input extends { readonly selected: readonly ParameterSelector[] }>(
  row: ParameterRow<Input>,
  action: string,
) => parameterAccess(row, action, ({ selected }) => selected.map(({ name }) => name));
