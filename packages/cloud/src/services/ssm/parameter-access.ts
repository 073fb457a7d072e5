import type { AccessRow, ConditionKeys, RowMaker, Target } from '../../core/access.js';
import type { Scope } from '../../core/operation.js';
import { parameterArn, parseSelector } from './parameter-name.js';
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
  namesOf: (input: Input, call: Scope) => readonly string[],
  keys: ParameterKeys<NoInfer<Input>> = {},
): AccessRow<ParameterStore, Input> {
  return row<ParameterTarget>({
    action: `ssm:${action}`,
    type: 'parameter',
    on: (input, call) => namesOf(input, call).map((name) => ({ resource: parameterArn(call, name), name })),
    keys: { ...resourceTags, ...keys },
  });
}

/** For operations on the parameter that a selector means. */
export const selectedAccess = <Input extends { readonly name: string }>(row: ParameterRow<Input>, action: string) =>
  parameterAccess(row, action, ({ name }, call) => [parseSelector(name, call).name]);

/** For operations on the parameters that selectors mean. */
export const allSelectedAccess = <Input extends { readonly names: readonly string[] }>(
  row: ParameterRow<Input>,
  action: string,
) => parameterAccess(row, action, ({ names }, call) => names.map((name) => parseSelector(name, call).name));
