import type { Tags } from '../../../core/access.js';
import type { Scope } from '../../../core/operation.js';
import type { Area } from '../../../core/store.js';
import { RecordStore } from '../../../kit/record-store.js';
import type { Input } from '../../../model/client-types.js';

export type DeliveryType = 'S3' | 'CWL' | 'FH' | 'XRAY';

/** Where vended logs go, as it is stored. */
export interface DeliveryDestination extends Scope {
  readonly name: string;
  readonly type: DeliveryType;
  readonly outputFormat?: Input<'logs', 'PutDeliveryDestination'>['outputFormat'];
  /** Of the bucket, log group or stream; X-Ray has none. */
  readonly resourceArn?: string | undefined;
  readonly tags: Tags;
  /** JSON: who may deliver to it from other accounts. */
  readonly policy?: string | undefined;
}

/** A resource that sends logs of one type. */
export interface DeliverySource extends Scope {
  readonly name: string;
  readonly resourceArn: string;
  readonly service: string;
  readonly logType: string;
  readonly configuration?: Readonly<Record<string, string>> | undefined;
  readonly tags: Tags;
}

/** How the logs of a delivery are written. */
export type DeliveryFormat = Pick<
  Input<'logs', 'CreateDelivery'>,
  'recordFields' | 'fieldDelimiter' | 's3DeliveryConfiguration'
>;

/** The connection of a source with a destination. */
export interface Delivery extends Scope {
  /** Its id. */
  readonly name: string;
  readonly source: string;
  readonly destinationArn: string;
  readonly destinationType: DeliveryType;
  readonly format: DeliveryFormat;
  readonly tags: Tags;
}

/** Something of an account and region with a name of its own. */
interface Named extends Scope {
  readonly name: string;
}

/** `delivery-destination` in `arn:aws:logs:eu-west-1:111111111111:delivery-destination:audit` */
export type DeliveryKind = 'delivery-destination' | 'delivery-source' | 'delivery';

export const deliveryArn = (kind: DeliveryKind, { account, region, name }: Named): string =>
  `arn:aws:logs:${region}:${account}:${kind}:${name}`;

const named = <Item extends Named>(area: Area, kind: DeliveryKind): RecordStore<Item> =>
  new RecordStore<Item>(area, (item) => deliveryArn(kind, item));

/** Deliveries of vended logs of every account and region. Nothing is delivered. */
export class DeliveryStore {
  readonly destinations: RecordStore<DeliveryDestination>;
  readonly sources: RecordStore<DeliverySource>;
  readonly deliveries: RecordStore<Delivery>;

  constructor(root: Area) {
    this.destinations = named(root.area('logs-delivery-destinations'), 'delivery-destination');
    this.sources = named(root.area('logs-delivery-sources'), 'delivery-source');
    this.deliveries = named(root.area('logs-deliveries'), 'delivery');
  }

  async load(): Promise<void> {
    await Promise.all([this.destinations.load(), this.sources.load(), this.deliveries.load()]);
  }
}
