import { failedWith } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';

interface DashboardProperties extends Properties {
  readonly DashboardName?: string;
  readonly DashboardBody: string;
}

async function put(
  id: string,
  { DashboardBody }: DashboardProperties,
  { call }: ResourceContext,
): Promise<ResourceState> {
  await call('cloudwatch', 'PutDashboard', { DashboardName: id, DashboardBody });
  return {};
}

/** AWS::CloudWatch::Dashboard. Its physical id is its name. */
export const dashboardResource: ResourceType<DashboardProperties> = {
  type: 'AWS::CloudWatch::Dashboard',
  nameProperty: 'DashboardName',
  maxNameLength: 255,
  create: put,
  update: (id, properties, _previous, context) => put(id, properties, context),
  delete: async (id, _properties, { call }) => {
    try {
      await call('cloudwatch', 'DeleteDashboards', { DashboardNames: [id] });
    } catch (error) {
      if (!failedWith(error, 'ResourceNotFound')) throw error;
    }
  },
};
