import type { Scope } from '../../../core/operation.js';
import type { Area } from '../../../core/store.js';
import { RecordStore } from '../../../kit/record-store.js';
import type { Input } from '../../../model/client-types.js';
import { notFound } from '../events-error.js';
import type { Owned } from '../owner.js';
import type { AuthorizationType, AuthParameters } from './auth-parameters.js';
import type { ConnectionName, DestinationName } from './connection-name.js';

export type HttpMethod = Input<'events', 'CreateApiDestination'>['HttpMethod'];
export type ConnectionState = 'AUTHORIZED' | 'AUTHORIZING' | 'DEAUTHORIZED';

/** How requests to API destinations are authorized, as it is stored. Times are epoch milliseconds. */
export interface ConnectionRecord extends DestinationName, Owned {
  readonly description?: string | undefined;
  readonly type: AuthorizationType;
  readonly parameters: AuthParameters;
  readonly state: ConnectionState;
  /** The ARN that the secret with its parameters has on AWS. */
  readonly secretArn: string;
  readonly created: number;
  readonly modified: number;
  readonly authorized: number;
}

/** An HTTP endpoint that events are sent to, as it is stored. Times are epoch milliseconds. */
export interface DestinationRecord extends DestinationName, Owned {
  readonly description?: string | undefined;
  /** The ARN of its connection. */
  readonly connection: string;
  readonly endpoint: string;
  readonly method: HttpMethod;
  /** Requests a second. */
  readonly rate: number;
  readonly created: number;
  readonly modified: number;
}

const keyOf = ({ account, region, name }: ConnectionName): string => `${account}/${region}/${name}`;
const nameOf = ({ name }: ConnectionName): string => name;

/** The connections, or the API destinations, of every account and region, by their names. */
class NamedStore<Item extends ConnectionName> {
  readonly #records: RecordStore<Item>;
  readonly #missing: (verb: string, name: string) => string;

  /** @param missing AWS's words where there is none of a name; the verb is the operation's */
  constructor(area: Area, missing: (verb: string, name: string) => string) {
    this.#records = new RecordStore<Item>(area, keyOf);
    this.#missing = missing;
  }

  load(): Promise<void> {
    return this.#records.load();
  }

  find(name: ConnectionName): Item | undefined {
    return this.#records.find(keyOf(name));
  }

  /**
   * @param verb `describe`
   * @throws AwsError ResourceNotFoundException
   */
  get(name: ConnectionName, verb: string): Item {
    const found = this.find(name);
    if (found === undefined) throw notFound(this.#missing(verb, name.name));
    return found;
  }

  list(scope: Scope): readonly Item[] {
    return this.#records.list(scope, nameOf);
  }

  put(item: Item): Promise<void> {
    return this.#records.put(item);
  }

  delete(name: ConnectionName): Promise<void> {
    return this.#records.delete(keyOf(name));
  }
}

export type ConnectionStore = NamedStore<ConnectionRecord>;
export type DestinationStore = NamedStore<DestinationRecord>;

export function connectionStore(root: Area): ConnectionStore {
  return new NamedStore(
    root.area('events-connections'),
    (verb, name) => `Failed to ${verb} the connection(s). Connection '${name}' does not exist.`,
  );
}

export function destinationStore(root: Area): DestinationStore {
  return new NamedStore(
    root.area('events-api-destinations'),
    (verb, name) => `Failed to ${verb} the api-destination(s). An api-destination '${name}' does not exist.`,
  );
}
