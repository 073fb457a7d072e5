import { randomInt } from 'node:crypto';
import { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import type { Scope } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import { RecordStore } from '../../../kit/record-store.js';
import type { Attributes } from '../attributes.js';
import { type MessageInput, messageFor } from '../message.js';

interface Settings extends Scope {
  readonly attributes: Attributes;
}

/** A number that is verified for the sandbox of an account. */
export interface SandboxNumber extends Scope {
  readonly number: string;
  /** The code that its owner has to give back. */
  readonly code: string;
  readonly verified: boolean;
}

const placeOf = ({ account, region }: Scope): string => `${account}/${region}`;

/** AWS's, for an account that has not asked for more: dollars. */
const DEFAULTS = { MonthlySpendLimit: '1' };

/** Text messages to phones. They are recorded: one that is sent is shown and goes to nobody. */
export class Phones {
  readonly #context: CloudContext;
  readonly #settings: RecordStore<Settings>;
  readonly sandbox: RecordStore<SandboxNumber>;

  constructor(context: CloudContext) {
    this.#context = context;
    this.#settings = new RecordStore<Settings>(context.store.root.area('sns-sms-attributes'), placeOf);
    this.sandbox = new RecordStore(
      context.store.root.area('sns-sandbox-numbers'),
      (each) => `${placeOf(each)}/${each.number}`,
    );
  }

  async load(): Promise<void> {
    await Promise.all([this.#settings.load(), this.sandbox.load()]);
  }

  attributesOf(scope: Scope): Attributes {
    return { ...DEFAULTS, ...this.#settings.find(placeOf(scope))?.attributes };
  }

  async setAttributes({ account, region }: Scope, change: Attributes): Promise<void> {
    const before = this.#settings.find(placeOf({ account, region }))?.attributes;
    await this.#settings.put({ account, region, attributes: { ...before, ...change } });
  }

  /** Records a message to a number. */
  send(number: string, message: MessageInput): { readonly MessageId: string } {
    this.#tell(
      `a message for ${number} is recorded here and not sent, as the local cloud reaches no phones: ${messageFor(message, 'sms')}`,
    );
    return { MessageId: randomId.uuid() };
  }

  /** Begins to verify a number; the terminal shows the code that AWS would send to it. */
  async verify({ account, region }: Scope, number: string): Promise<void> {
    const code = String(randomInt(100_000, 1_000_000));
    await this.sandbox.put({ account, region, number, code, verified: false });
    this.#tell(`the code that verifies ${number} for the SMS sandbox is ${code}`);
  }

  /** @throws AwsError ResourceNotFound */
  sandboxNumber(scope: Scope, number: string): SandboxNumber {
    const found = this.sandbox.find(`${placeOf(scope)}/${number}`);
    if (found === undefined) throw new AwsError('ResourceNotFound', 'Phone number does not exist', 404);
    return found;
  }

  #tell(message: string): void {
    this.#context.emit({ kind: 'warning', time: this.#context.now(), message });
  }
}
