import type { Scope } from '../../../core/operation.js';
import { anyAccess, busAccess, namedAccess } from '../access.js';
import { archiveArn } from '../archives/archive-name.js';
import type { ArchiveRecord, ArchiveStore } from '../archives/archive-store.js';
import { busArn, parseBusArn } from '../buses/bus-name.js';
import { alreadyExists, invalid, unsupported } from '../events-error.js';
import { isTaken } from '../owner.js';
import { page } from '../pages.js';
import { ARCHIVE_NAME, DESCRIPTION, eventsOperation, PAGE } from '../service-state.js';

const SOURCE = { min: 1, max: 1600 };
const PATTERN = { max: 4096 };
const RETENTION = { min: 0 };
const STATES = ['ENABLED', 'DISABLED', 'CREATING', 'UPDATING', 'CREATE_FAILED', 'UPDATE_FAILED'];
const STATE = 'ENABLED' as const;

const named = ({ ArchiveName: name }: { readonly ArchiveName: string }, { account, region }: Scope) => ({
  archive: { account, region, name },
});

const archiveAccess = <In extends { readonly archive: Scope & { readonly name: string } }>(
  row: Parameters<typeof namedAccess<In>>[0],
  action: string,
) => namedAccess(row, action, 'archive', ({ archive }) => archiveArn(archive));

function summary(archive: ArchiveRecord, archives: ArchiveStore) {
  const { events, bytes } = archives.eventsOf(archive).size;
  return {
    ArchiveName: archive.name,
    EventSourceArn: archive.source,
    State: STATE,
    RetentionDays: archive.retentionDays,
    SizeBytes: bytes,
    EventCount: events,
    CreationTime: new Date(archive.created),
  };
}

export const createArchive = eventsOperation({
  name: 'CreateArchive',
  limits: {
    ArchiveName: ARCHIVE_NAME,
    EventSourceArn: SOURCE,
    Description: DESCRIPTION,
    EventPattern: PATTERN,
    RetentionDays: RETENTION,
  },
  parse: (input, scope) => {
    if (input.KmsKeyIdentifier !== undefined) throw unsupported('KmsKeyIdentifier of an archive');
    const bus = parseBusArn(input.EventSourceArn);
    if (bus === undefined) {
      throw invalid('Parameter EventSourceArn is not valid. Reason: Must contain an event bus ARN.');
    }
    const settings = {
      description: input.Description,
      pattern: input.EventPattern,
      retentionDays: input.RetentionDays ?? 0,
    };
    return { ...named(input, scope), bus, settings };
  },
  access: (row) => [archiveAccess(row, 'CreateArchive'), busAccess(row, 'CreateArchive')],
  handle: async ({ archive, bus, settings }, call, { context, bridge: { archives, buses } }) => {
    buses.get(bus);
    const existing = archives.find(archive);
    if (isTaken(existing, call)) throw alreadyExists(`Archive ${archive.name} already exists.`);
    const created = existing?.created ?? context.now();
    await archives.put({ ...archive, ...settings, source: busArn(bus), created, owner: call.resourceId });
    return { ArchiveArn: archiveArn(archive), State: STATE, CreationTime: new Date(created) };
  },
});

export const updateArchive = eventsOperation({
  name: 'UpdateArchive',
  limits: { ArchiveName: ARCHIVE_NAME, Description: DESCRIPTION, EventPattern: PATTERN, RetentionDays: RETENTION },
  parse: (input, scope) => {
    const { Description: description, EventPattern: pattern, RetentionDays: retentionDays } = input;
    if (input.KmsKeyIdentifier !== undefined) throw unsupported('KmsKeyIdentifier of an archive');
    if (description === undefined && pattern === undefined && retentionDays === undefined) {
      throw invalid('At least one of EventPattern, RetentionDays or Description must be provided.');
    }
    return { ...named(input, scope), description, pattern, retentionDays };
  },
  access: (row) => [archiveAccess(row, 'UpdateArchive')],
  handle: async ({ archive: name, description, pattern, retentionDays }, _call, { bridge: { archives } }) => {
    const archive = archives.get(name);
    await archives.put({
      ...archive,
      description: description ?? archive.description,
      pattern: pattern ?? archive.pattern,
      retentionDays: retentionDays ?? archive.retentionDays,
    });
    return { ArchiveArn: archiveArn(archive), State: STATE, CreationTime: new Date(archive.created) };
  },
});

export const describeArchive = eventsOperation({
  name: 'DescribeArchive',
  limits: { ArchiveName: ARCHIVE_NAME },
  parse: named,
  access: (row) => [archiveAccess(row, 'DescribeArchive')],
  handle: ({ archive: name }, _call, { bridge: { archives } }) => {
    const archive = archives.get(name);
    return {
      ...summary(archive, archives),
      ArchiveArn: archiveArn(archive),
      Description: archive.description,
      EventPattern: archive.pattern,
    };
  },
});

export const deleteArchive = eventsOperation({
  name: 'DeleteArchive',
  limits: { ArchiveName: ARCHIVE_NAME },
  parse: named,
  access: (row) => [archiveAccess(row, 'DeleteArchive')],
  handle: async ({ archive }, _call, { bridge: { archives } }) => archives.delete(archives.get(archive)),
});

export const listArchives = eventsOperation({
  name: 'ListArchives',
  limits: { NamePrefix: ARCHIVE_NAME, EventSourceArn: SOURCE, State: { values: STATES }, Limit: PAGE },
  access: (row) => [anyAccess(row, 'ListArchives')],
  handle: (input, call, { bridge: { archives, buses } }) => {
    const { NamePrefix, EventSourceArn, State } = input;
    if ([NamePrefix, EventSourceArn, State].filter((each) => each !== undefined).length > 1) {
      throw invalid(
        'At most one filter is allowed for ListArchives. Use either : State, EventSourceArn, or NamePrefix.',
      );
    }
    const bus = EventSourceArn === undefined ? undefined : parseBusArn(EventSourceArn);
    if (bus) buses.get(bus);
    const found = archives
      .list(call)
      .filter(
        ({ name, source }) =>
          name.startsWith(NamePrefix ?? '') && source === (EventSourceArn ?? source) && (State ?? STATE) === STATE,
      );
    const { items, next } = page(found, ({ name }) => name, input, 'ListArchives');
    return { Archives: items.map((archive) => summary(archive, archives)), NextToken: next };
  },
});
