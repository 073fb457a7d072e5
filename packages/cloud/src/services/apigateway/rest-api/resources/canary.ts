import type { Properties } from '../../../../core/resource-type.js';
import { flag, structure, text, textMap } from '../../../../kit/properties.js';
import type { Patch } from '../../property.js';

/** `CanarySetting` of a stage, or the canary of a deployment, as the operations take it. */
export function canarySettings(setting: Properties | undefined) {
  if (setting === undefined) return undefined;
  const percentTraffic = text(setting, 'PercentTraffic');
  return {
    deploymentId: text(setting, 'DeploymentId'),
    ...(percentTraffic !== undefined && { percentTraffic: Number(percentTraffic) }),
    stageVariableOverrides: structure(setting, 'StageVariableOverrides') && textMap(setting, 'StageVariableOverrides'),
    useStageCache: flag(setting, 'UseStageCache'),
  };
}

const SETTINGS = [
  ['deploymentId', 'DeploymentId'],
  ['percentTraffic', 'PercentTraffic'],
  ['useStageCache', 'UseStageCache'],
] as const;

/** The patches that change one canary into another, or make the first one. */
export function canaryPatches(now: Properties | undefined, before: Properties | undefined): readonly Patch[] {
  if (now === undefined) return before === undefined ? [] : [{ op: 'remove', path: '/canarySettings' }];
  const overrides = textMap(now, 'StageVariableOverrides');
  const gone = Object.keys(textMap(before ?? {}, 'StageVariableOverrides')).filter((name) => !(name in overrides));
  const path = (setting: string) => `/canarySettings/${setting}`;
  return [
    ...SETTINGS.flatMap(([setting, name]): readonly Patch[] => {
      const value = text(now, name);
      return value === undefined ? [] : [{ op: 'replace', path: path(setting), value }];
    }),
    ...Object.entries(overrides).map(
      ([name, value]): Patch => ({ op: 'replace', path: path(`stageVariableOverrides/${name}`), value }),
    ),
    ...gone.map((name): Patch => ({ op: 'remove', path: path(`stageVariableOverrides/${name}`) })),
  ];
}
