import { type AccessRow, type ConditionKeys, type RowMaker, requestTags, type Target } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { parseJson } from '../../../core/json.js';
import { pageOf } from '../../../kit/page.js';
import { fromTagList } from '../../../kit/tags.js';
import { invalidToken } from '../cloudwatch-error.js';
import { dashboardArn } from '../dashboards/dashboard-store.js';
import { type CloudWatchState, cloudWatchOperation, onAnything } from '../service-state.js';

interface DashboardTarget extends Target {
  readonly name: string;
}

function onDashboards<Input>(
  row: RowMaker<CloudWatchState, Input>,
  action: string,
  namesOf: (input: Input) => readonly string[],
  keys: ConditionKeys<CloudWatchState, NoInfer<Input>, DashboardTarget> = {},
): AccessRow<CloudWatchState, Input> {
  return row<DashboardTarget>({
    action: `cloudwatch:${action}`,
    type: 'dashboard',
    on: (input, { account }) => namesOf(input).map((name) => ({ resource: dashboardArn(account, name), name })),
    keys: {
      'aws:ResourceTag/*': async ({ target, call, state }) =>
        (await state.dashboards.find(call.account, target.name))?.tags,
      ...keys,
    },
  });
}

/** @throws AwsError InvalidParameterInput for what is no JSON */
function checkBody(body: string): void {
  try {
    parseJson(body);
  } catch {
    throw new AwsError('InvalidParameterInput', 'The field DashboardBody must be a valid JSON object');
  }
}

const noDashboard = (name: string): AwsError =>
  new AwsError('ResourceNotFound', `Dashboard ${name} does not exist`, 404);

export const putDashboard = cloudWatchOperation({
  name: 'PutDashboard',
  limits: { DashboardName: { min: 1, max: 255, pattern: /[A-Za-z0-9_-]+/ } },
  parse: ({ DashboardName: name, DashboardBody: body, Tags }) => {
    checkBody(body);
    return { name, body, tags: fromTagList(Tags) };
  },
  access: (row) => [
    onDashboards(
      row,
      'PutDashboard',
      ({ name }) => [name],
      requestTags(({ tags }) => tags),
    ),
  ],
  handle: async ({ name, body, tags }, { account }, { dashboards, context }) => {
    const before = await dashboards.find(account, name);
    await dashboards.put({ account, name, body, tags: before?.tags ?? tags, modified: context.now() });
    return { DashboardValidationMessages: [] };
  },
});

export const getDashboard = cloudWatchOperation({
  name: 'GetDashboard',
  parse: ({ DashboardName: name }) => ({ name }),
  access: (row) => [onDashboards(row, 'GetDashboard', ({ name }) => [name])],
  handle: async ({ name }, { account }, { dashboards }) => {
    const dashboard = await dashboards.find(account, name);
    if (!dashboard) throw noDashboard(name);
    return { DashboardArn: dashboardArn(account, name), DashboardBody: dashboard.body, DashboardName: name };
  },
});

export const listDashboards = cloudWatchOperation({
  name: 'ListDashboards',
  access: (row) => [onAnything(row, 'ListDashboards')],
  handle: async ({ DashboardNamePrefix: prefix = '', NextToken: token }, { account }, { dashboards }) => {
    const all = (await dashboards.list(account)).filter(({ name }) => name.startsWith(prefix));
    const { items, next } = pageOf(all, {
      keyOf: ({ name }) => name,
      limit: 1000,
      token,
      of: ['ListDashboards', prefix],
      refuse: invalidToken,
    });
    return {
      DashboardEntries: items.map(({ name, body, modified }) => ({
        DashboardName: name,
        DashboardArn: dashboardArn(account, name),
        LastModified: new Date(modified),
        Size: Buffer.byteLength(body),
      })),
      NextToken: next,
    };
  },
});

export const deleteDashboards = cloudWatchOperation({
  name: 'DeleteDashboards',
  parse: ({ DashboardNames: names }) => ({ names }),
  access: (row) => [onDashboards(row, 'DeleteDashboards', ({ names }) => names)],
  handle: async ({ names }, { account }, { dashboards }) => {
    for (const name of names) if (!(await dashboards.find(account, name))) throw noDashboard(name);
    await dashboards.remove(account, names);
  },
});
