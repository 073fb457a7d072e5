import type { Input } from '../../../model/client-types.js';

/** A target of a rule, as the API has it. */
export type Target = Input<'events', 'PutTargets'>['Targets'][number];

export type InputTransformer = NonNullable<Target['InputTransformer']>;
