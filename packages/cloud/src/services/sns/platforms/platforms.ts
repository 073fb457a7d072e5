import { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import { randomId } from '../../../core/random-id.js';
import { RecordStore } from '../../../kit/record-store.js';
import type { Attributes } from '../attributes.js';
import type { MessageInput } from '../message.js';
import { invalidParameter } from '../sns-error.js';
import { checkEndpointAttributes } from './platform-attributes.js';
import { type ApplicationName, applicationArn, type EndpointName, endpointArn } from './platform-name.js';

export interface ApplicationRecord extends ApplicationName {
  readonly attributes: Attributes;
}

export interface EndpointRecord extends EndpointName {
  readonly attributes: Attributes;
}

const sameApplication = (one: ApplicationName, other: ApplicationName): boolean =>
  applicationArn(one) === applicationArn(other);

/**
 * The applications for mobile notifications and their devices. They are recorded: a message to a device is shown and
 * goes to nobody.
 */
export class Platforms {
  readonly #context: CloudContext;
  readonly applications: RecordStore<ApplicationRecord>;
  readonly #endpoints: RecordStore<EndpointRecord>;

  constructor(context: CloudContext) {
    this.#context = context;
    this.applications = new RecordStore<ApplicationRecord>(context.store.root.area('sns-applications'), applicationArn);
    this.#endpoints = new RecordStore<EndpointRecord>(context.store.root.area('sns-endpoints'), endpointArn);
  }

  async load(): Promise<void> {
    await Promise.all([this.applications.load(), this.#endpoints.load()]);
  }

  /** @throws AwsError NotFound */
  application(name: ApplicationName): ApplicationRecord {
    const record = this.applications.find(applicationArn(name));
    if (record === undefined) throw new AwsError('NotFound', 'PlatformApplication does not exist', 404);
    return record;
  }

  /** By ARN. */
  endpointsOf(application: ApplicationName): readonly EndpointRecord[] {
    return this.#endpoints.list(application, endpointArn).filter((each) => sameApplication(each, application));
  }

  /** @throws AwsError NotFound */
  endpoint(name: EndpointName): EndpointRecord {
    const record = this.#endpoints.find(endpointArn(name));
    if (record === undefined) throw new AwsError('NotFound', 'Endpoint does not exist', 404);
    return record;
  }

  /** Gives the device of a token, which is made once. @throws AwsError InvalidParameter, NotFound */
  async createEndpoint(application: ApplicationName, attributes: Attributes): Promise<EndpointRecord> {
    const { account, region, platform, name } = this.application(application);
    checkEndpointAttributes(attributes);
    const same = this.endpointsOf(application).find((each) => each.attributes.Token === attributes.Token);
    if (same) {
      if (Object.entries(attributes).every(([key, value]) => same.attributes[key] === value)) return same;
      throw invalidParameter(
        `Token Reason: Endpoint ${endpointArn(same)} already exists with the same Token, but different attributes.`,
      );
    }
    const record = {
      account,
      region,
      platform,
      name,
      id: randomId.uuid(),
      attributes: { Enabled: 'true', ...attributes },
    };
    await this.#endpoints.put(record);
    return record;
  }

  putEndpoint(record: EndpointRecord): Promise<void> {
    return this.#endpoints.put(record);
  }

  deleteEndpoint(name: EndpointName): Promise<void> {
    return this.#endpoints.delete(endpointArn(name));
  }

  /** With its devices. */
  async deleteApplication(name: ApplicationName): Promise<void> {
    await this.applications.delete(applicationArn(name));
    for (const endpoint of this.endpointsOf(name)) await this.deleteEndpoint(endpoint);
  }

  /** Records a message to a device. @throws AwsError EndpointDisabled, InvalidParameter */
  publish(name: EndpointName, { message, perProtocol }: MessageInput): { readonly MessageId: string } {
    const record = this.#endpoints.find(endpointArn(name));
    if (record === undefined) {
      throw invalidParameter('TargetArn Reason: No endpoint found for the target arn specified');
    }
    if (record.attributes.Enabled === 'false') throw new AwsError('EndpointDisabled', 'Endpoint is disabled');
    const text = perProtocol[name.platform] ?? message;
    this.#context.emit({
      kind: 'warning',
      time: this.#context.now(),
      message: `a message for ${endpointArn(name)} is recorded here and not sent, as the local cloud reaches no devices: ${text}`,
    });
    return { MessageId: randomId.uuid() };
  }
}
