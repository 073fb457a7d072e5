import { alreadyThere, invalidParameter, invalidRequest, valueNotFound } from './secret-error.js';
import type { SecretValue, SecretVersion } from './secret-record.js';

export const CURRENT = 'AWSCURRENT';
export const PREVIOUS = 'AWSPREVIOUS';
export const PENDING = 'AWSPENDING';

const MOST_STAGES = 20;
/** AWS keeps at least the hundred youngest of those that no stage points to. */
const KEPT_DEPRECATED = 100;

/** The versions once a stage is at one of them, or at none. AWSPREVIOUS follows AWSCURRENT. */
function moved(versions: readonly SecretVersion[], stage: string, to: string | undefined): readonly SecretVersion[] {
  const from = versions.find(({ stages }) => stages.includes(stage));
  if (from && from.id === to) return versions;
  const changed = versions.map((version) => {
    const others = version.stages.filter((each) => each !== stage);
    return { ...version, stages: version.id === to ? [...others, stage] : others };
  });
  return stage === CURRENT && from ? moved(changed, PREVIOUS, from.id) : changed;
}

function pruned(versions: readonly SecretVersion[]): readonly SecretVersion[] {
  const deprecated = versions.filter(({ stages }) => stages.length === 0);
  const dropped = new Set(deprecated.slice(0, Math.max(0, deprecated.length - KEPT_DEPRECATED)));
  return versions.filter((version) => !dropped.has(version));
}

/**
 * The versions with a new one under these stages; the same where a request with its token has made it already.
 * @throws AwsError ResourceExistsException where the token made another value
 */
export function withVersion(
  versions: readonly SecretVersion[],
  { id, created, text, bytes }: Omit<SecretVersion, 'stages'>,
  stages: readonly string[],
  name: string,
): readonly SecretVersion[] {
  const existing = versions.find((version) => version.id === id);
  if (existing && hasValue(existing)) {
    if (existing.text === text && existing.bytes === bytes) return versions;
    throw alreadyThere(
      `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${name}.`,
    );
  }
  const others = versions.filter((version) => version !== existing);
  const all = [...others, { id, created, text, bytes, stages: existing?.stages ?? [] }];
  // The first version is the current one, whatever it is called.
  const isFirst = !versions.some(hasValue);
  const wanted = isFirst && !stages.includes(CURRENT) ? [CURRENT, ...stages] : stages;
  return pruned(wanted.reduce((before, stage) => moved(before, stage, id), all as readonly SecretVersion[]));
}

/** The versions with a place for a value that a rotation will write. */
export function withPending(versions: readonly SecretVersion[], id: string, now: number): readonly SecretVersion[] {
  if (versions.some((version) => version.id === id)) return moved(versions, PENDING, id);
  return moved([...versions, { id, created: now, stages: [] }], PENDING, id);
}

export function hasValue({ text, bytes }: SecretValue): boolean {
  return text !== undefined || bytes !== undefined;
}

/** @throws AwsError where the move does not say from where, or would leave a secret without a current version */
export function moveStage(
  versions: readonly SecretVersion[],
  stage: string,
  { from, to }: { readonly from: string | undefined; readonly to: string | undefined },
): readonly SecretVersion[] {
  const holder = versions.find(({ stages }) => stages.includes(stage));
  for (const id of [from, to]) {
    if (id !== undefined && !versions.some((version) => version.id === id)) throw valueNotFound(`VersionId: ${id}`);
  }
  if (holder && from === undefined && to !== holder.id) {
    throw invalidParameter(
      `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${holder.id}, so you must explicitly reference that version in RemoveFromVersionId.`,
    );
  }
  if (from !== undefined && holder?.id !== from) {
    throw invalidParameter(
      holder
        ? `The parameter RemoveFromVersionId is wrong. Staging label ${stage} is currently attached to version ${holder.id}.`
        : `Staging label ${stage} isn't currently attached to any version of this secret.`,
    );
  }
  if (stage === CURRENT && to === undefined) {
    throw invalidParameter(
      `You can only move staging label ${CURRENT} to a different secret version. It can't be completely removed.`,
    );
  }
  return moved(versions, stage, to);
}

/** @throws AwsError ResourceNotFoundException, InvalidRequestException where the version does not have the stage */
export function findVersion(
  versions: readonly SecretVersion[],
  id: string | undefined,
  stage: string | undefined,
): SecretVersion {
  const byId = id === undefined ? undefined : versions.find((version) => version.id === id && hasValue(version));
  if (id !== undefined && !byId) throw valueNotFound(`VersionId: ${id}`);
  if (byId && stage !== undefined && !byId.stages.includes(stage)) {
    throw invalidRequest('You provided a VersionStage that is not associated to the provided VersionId.');
  }
  if (byId) return byId;
  const wanted = stage ?? CURRENT;
  const found = versions.find((version) => version.stages.includes(wanted) && hasValue(version));
  if (!found) throw valueNotFound(`staging label: ${wanted}`);
  return found;
}

/** @throws AwsError InvalidParameterException */
export function checkStages(stages: readonly string[]): void {
  if (stages.length > MOST_STAGES) throw invalidParameter(`A version can have at most ${MOST_STAGES} staging labels.`);
}
