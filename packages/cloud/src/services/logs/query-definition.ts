import type { Scope } from '../../core/operation.js';
import type { Area } from '../../core/store.js';
import { RecordStore } from '../../kit/record-store.js';
import type { Input } from '../../model/client-types.js';

type Given = Input<'logs', 'PutQueryDefinition'>;

/** A query of CloudWatch Logs Insights that was saved, as it is stored. It is not run. */
export interface QueryDefinition extends Scope {
  readonly id: string;
  readonly name: string;
  readonly language: NonNullable<Given['queryLanguage']>;
  readonly text: string;
  readonly groups: readonly string[];
  readonly parameters: Given['parameters'];
  /** Epoch milliseconds. */
  readonly modified: number;
}

export const definitionKey = ({ account, region, id }: Scope & { readonly id: string }): string =>
  `${account}/${region}/${id}`;

/** The query definitions of every account and region. */
export const queryDefinitionStore = (root: Area): RecordStore<QueryDefinition> =>
  new RecordStore<QueryDefinition>(root.area('logs-query-definitions'), definitionKey);
