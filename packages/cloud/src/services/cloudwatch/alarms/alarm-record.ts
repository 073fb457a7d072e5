import type { Tags } from '../../../core/access.js';
import type { Scope } from '../../../core/operation.js';
import { partitionOf } from '../../../core/partition.js';
import type { Input } from '../../../model/client-types.js';

export type StateValue = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
export type MetricAlarmSettings = Omit<Input<'cloudwatch', 'PutMetricAlarm'>, 'Tags'>;
export type CompositeAlarmSettings = Omit<Input<'cloudwatch', 'PutCompositeAlarm'>, 'Tags'>;

export interface AlarmState {
  readonly value: StateValue;
  readonly reason: string;
  /** JSON */
  readonly data?: string | undefined;
  /** Epoch milliseconds. */
  readonly updated: number;
  /** When the value became another one. */
  readonly transitioned: number;
}

interface Common extends Scope {
  readonly name: string;
  readonly tags: Tags;
  readonly state: AlarmState;
  /** Epoch milliseconds. */
  readonly configured: number;
}

/** An alarm as it is stored. */
export type AlarmRecord = Common &
  (
    | { readonly kind: 'metric'; readonly settings: MetricAlarmSettings }
    | { readonly kind: 'composite'; readonly settings: CompositeAlarmSettings }
  );

export interface HistoryItem {
  readonly time: number;
  readonly kind: 'ConfigurationUpdate' | 'StateUpdate' | 'Action';
  readonly summary: string;
  /** JSON */
  readonly data: string;
  readonly alarm: Pick<AlarmRecord, 'name' | 'kind'>;
}

export function alarmArn({ account, region, name }: Scope & { readonly name: string }): string {
  return `arn:${partitionOf(region).name}:cloudwatch:${region}:${account}:alarm:${name}`;
}

export const FIRST_REASON = 'Unchecked: Initial alarm creation';
