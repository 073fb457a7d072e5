import type { AccessRow, ConditionKeys, RowMaker, Tags, Target } from '../../../core/access.js';
import type { LogsState } from '../service-state.js';
import { type DeliveryKind, deliveryArn } from './delivery-store.js';

interface DeliveryTarget extends Target {
  readonly tags: Tags | undefined;
}

interface Names<Input> {
  readonly kind: DeliveryKind;
  readonly nameOf: (input: Input) => string;
  readonly keys?: ConditionKeys<LogsState, NoInfer<Input>, DeliveryTarget>;
  /** AWS's reference names another type of resource for the action. @default - the kind */
  readonly type?: DeliveryKind;
}

const storeOf = ({ deliveries }: LogsState, kind: DeliveryKind) => {
  if (kind === 'delivery-destination') return deliveries.destinations;
  return kind === 'delivery-source' ? deliveries.sources : deliveries.deliveries;
};

/** Access to a destination or source of deliveries, or to a delivery, by its name in the account. */
export function deliveryAccess<Input>(
  row: RowMaker<LogsState, Input>,
  action: string,
  { kind, nameOf, keys = {}, type = kind }: Names<Input>,
): AccessRow<LogsState, Input> {
  return row<DeliveryTarget>({
    action: `logs:${action}`,
    type,
    on: (input, { account, region }, state) => {
      const resource = deliveryArn(kind, { account, region, name: nameOf(input) });
      return { resource, tags: storeOf(state, kind).find(resource)?.tags };
    },
    keys: { 'aws:ResourceTag/*': ({ target }) => target.tags, ...keys },
  });
}
