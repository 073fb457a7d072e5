import type { AccessRow, RowMaker, Tags, Target } from '../core/access.js';
import type { Call } from '../core/operation.js';
import type { Store } from '../core/store.js';
import { identitiesIn } from './identities.js';

type PassedArn = string | readonly string[] | undefined;

export interface PassedRole<State, Input> {
  /** Who is given the role: `lambda.amazonaws.com` */
  readonly service: string;
  /** Its ARN, or the ARNs of several; undefined where the call passes none. */
  readonly roleOf: (input: Input, call: Call, state: State) => PassedArn | Promise<PassedArn>;
  readonly store: (state: State) => Store;
  /** The ARN of what the role is for. @default - the service does not say */
  readonly associated?: (input: Input, call: Call) => string;
}

/** The row of operations that give a role to a service. */
export function passRole<State, Input>(
  row: RowMaker<State, Input>,
  passed: PassedRole<State, NoInfer<Input>>,
): AccessRow<State, Input> {
  const { service, roleOf, store, associated } = passed;
  const tags = async ({ resource }: Target, state: State): Promise<Tags> => {
    const role = await identitiesIn(store(state)).roleByArn(resource);
    return Object.fromEntries((role?.tags ?? []).map(({ Key, Value }) => [Key, Value]));
  };
  return row({
    action: 'iam:PassRole',
    type: 'role',
    on: async (input, call, state) =>
      [(await roleOf(input, call, state)) ?? []].flat().map((resource) => ({ resource })),
    keys: {
      'aws:ResourceTag/*': ({ target, state }) => tags(target, state),
      'iam:ResourceTag/*': ({ target, state }) => tags(target, state),
      'iam:AssociatedResourceArn': ({ input, call }) => associated?.(input, call),
      'iam:PassedToService': () => service,
    },
  });
}
