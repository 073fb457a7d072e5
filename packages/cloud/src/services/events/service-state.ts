import type { CloudContext } from '../../core/cloud.js';
import type { Constraint } from '../../model/constraints.js';
import { operationsOf } from '../../model/operation.js';
import type { EventBridge } from './event-bridge.js';
import { refuseInput } from './events-error.js';

/** The state that the operations of EventBridge share. */
export interface EventsState {
  readonly context: CloudContext;
  readonly bridge: EventBridge;
}

/** An operation of EventBridge. */
export const eventsOperation = operationsOf<EventsState, 'events'>('events', refuseInput);

// The limits that many operations share.
const NAMED = { min: 1, pattern: /[.\-_A-Za-z0-9]+/, patternText: String.raw`[\.\-_A-Za-z0-9]+` };
export const NAME: Constraint = { ...NAMED, max: 64 };
export const ARCHIVE_NAME: Constraint = { ...NAMED, max: 48 };
/** A bus of one's own has no slash in its name. */
export const NEW_BUS_NAME: Constraint = { ...NAMED, max: 256 };
export const BUS_NAME: Constraint = {
  min: 1,
  max: 256,
  pattern: /[/.\-_A-Za-z0-9]+/,
  patternText: String.raw`[/\.\-_A-Za-z0-9]+`,
};
/** A bus by its name or its ARN. */
export const BUS: Constraint = {
  min: 1,
  max: 1600,
  pattern: /(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[/.\-_A-Za-z0-9]+/,
  patternText: String.raw`(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[/\.\-_A-Za-z0-9]+`,
};
export const DESCRIPTION: Constraint = { max: 512 };
export const PAGE: Constraint = { min: 1, max: 100 };
export const TAGS: Constraint = { each: { members: { Key: { min: 1, max: 128 }, Value: { max: 256 } } } };
