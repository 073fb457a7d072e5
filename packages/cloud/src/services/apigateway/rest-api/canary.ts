import type { Input } from '../../../model/client-types.js';
import type { PatchOperation } from '../patch.js';
import type { CanarySettings, StageRecord } from '../records/rest-api.js';
import { badRequest } from '../refusal.js';
import { checkVariables } from '../stage-variables.js';

type Given = NonNullable<Input<'apigateway', 'CreateStage'>['canarySettings']>;

/** The canary of a stage as a caller asks for it. */
export function newCanary(
  { percentTraffic = 0, stageVariableOverrides, useStageCache = false }: Given,
  deploymentId: string,
): CanarySettings {
  checkVariables(stageVariableOverrides ?? {});
  return { deploymentId, percentTraffic, stageVariableOverrides, useStageCache };
}

const SETTING = /^\/canarySettings\/(deploymentId|percentTraffic|useStageCache|stageVariableOverrides\/(.+))$/;

/**
 * The stage with a patch of its canary applied.
 * @returns undefined where the path is not one of a canary, as AWS reads it
 */
export function withCanaryPatch(stage: StageRecord, { op, path, value = '' }: PatchOperation): StageRecord | undefined {
  if (op === 'remove' && path === '/canarySettings') return { ...stage, canarySettings: undefined };
  const [, setting = '', variable] = SETTING.exec(path) ?? [];
  if (setting === '') return undefined;
  if (op !== 'replace' && (op !== 'remove' || variable === undefined))
    throw badRequest(`Invalid ${op} operation with path: ${path}`);
  const canary = stage.canarySettings ?? newCanary({}, stage.deploymentId);
  if (variable !== undefined) {
    const { [variable]: _, ...others } = canary.stageVariableOverrides ?? {};
    const stageVariableOverrides = op === 'remove' ? others : { ...others, [variable]: value };
    return { ...stage, canarySettings: newCanary({ ...canary, stageVariableOverrides }, canary.deploymentId) };
  }
  return { ...stage, canarySettings: { ...canary, ...settingOf(setting, value) } };
}

function settingOf(setting: string, value: string): Partial<CanarySettings> {
  if (setting === 'deploymentId') return { deploymentId: value };
  if (setting === 'useStageCache') return { useStageCache: value.toLowerCase() === 'true' };
  const percentTraffic = Number(value);
  if (!(percentTraffic >= 0 && percentTraffic <= 100))
    throw badRequest('Invalid canary settings: percentTraffic must be between 0 and 100');
  return { percentTraffic };
}

const PROMOTIONS: Readonly<Record<string, string>> = {
  '/deploymentId': '/canarySettings/deploymentId',
  '/variables': '/canarySettings/stageVariableOverrides',
};

/** The stage with its canary's deployment or variables as its own: AWS's `copy`, which can do nothing else. */
export function promoted(stage: StageRecord, { path, from }: PatchOperation): StageRecord {
  const known = Object.values(PROMOTIONS);
  if (PROMOTIONS[path] === undefined || PROMOTIONS[path] !== from)
    throw badRequest(
      `Invalid copy operation with path: ${path} and from ${from}. Valid copy:path are [${Object.keys(PROMOTIONS).join(', ')}] and valid copy:from are [${known.join(', ')}]`,
    );
  const { canarySettings } = stage;
  if (canarySettings === undefined) throw badRequest('Promotion not available. Canary does not exist.');
  if (path === '/deploymentId') return { ...stage, deploymentId: canarySettings.deploymentId };
  return { ...stage, variables: { ...stage.variables, ...canarySettings.stageVariableOverrides } };
}
