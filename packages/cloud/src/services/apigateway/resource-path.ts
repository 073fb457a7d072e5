/** The paths of API Gateway's resources, by their names in the service authorization reference. */
const TYPES: readonly (readonly [path: string, type: string])[] = [
  ['/account', 'account'],
  ['/apikeys', 'apikeys'],
  ['/apikeys/*', 'apikey'],
  ['/apis', 'apis'],
  ['/apis/*', 'api'],
  ['/apis/*/authorizers', 'authorizers'],
  ['/apis/*/authorizers/*', 'authorizer'],
  ['/apis/*/cors', 'cors'],
  ['/apis/*/deployments', 'deployments'],
  ['/apis/*/deployments/*', 'deployment'],
  ['/apis/*/integrations', 'integrations'],
  ['/apis/*/integrations/*', 'integration'],
  ['/apis/*/integrations/*/integrationresponses', 'integrationresponses'],
  ['/apis/*/integrations/*/integrationresponses/*', 'integrationresponse'],
  ['/apis/*/models', 'models'],
  ['/apis/*/models/*', 'model'],
  ['/apis/*/models/*/template', 'modeltemplate'],
  ['/apis/*/routes', 'routes'],
  ['/apis/*/routes/*', 'route'],
  ['/apis/*/routes/*/routeresponses', 'routeresponses'],
  ['/apis/*/routes/*/routeresponses/*', 'routeresponse'],
  ['/apis/*/stages', 'stages'],
  ['/apis/*/stages/*', 'stage'],
  ['/clientcertificates', 'clientcertificates'],
  ['/clientcertificates/*', 'clientcertificate'],
  // The reference has types for these three, and no action on them but on the stage.
  ['/apis/*/stages/*/accesslogsettings', 'stage'],
  ['/apis/*/stages/*/cache/authorizers', 'stage'],
  ['/apis/*/stages/*/routesettings/*', 'stage'],
  ['/domainnames', 'domainnames'],
  ['/domainnames/*', 'domainname'],
  ['/domainnames/*/apimappings', 'apimappings'],
  ['/domainnames/*/apimappings/*', 'apimapping'],
  ['/domainnames/*/basepathmappings', 'basepathmappings'],
  ['/domainnames/*/basepathmappings/*', 'basepathmapping'],
  ['/restapis', 'restapis'],
  ['/restapis/*', 'restapi'],
  ['/restapis/*/authorizers', 'authorizers'],
  ['/restapis/*/authorizers/*', 'authorizer'],
  ['/restapis/*/deployments', 'deployments'],
  ['/restapis/*/deployments/*', 'deployment'],
  ['/restapis/*/documentation/parts', 'documentationparts'],
  ['/restapis/*/documentation/parts/*', 'documentationpart'],
  ['/restapis/*/documentation/versions', 'documentationversions'],
  ['/restapis/*/documentation/versions/*', 'documentationversion'],
  ['/restapis/*/gatewayresponses', 'gatewayresponses'],
  ['/restapis/*/gatewayresponses/*', 'gatewayresponse'],
  ['/restapis/*/models', 'models'],
  ['/restapis/*/models/*', 'model'],
  ['/restapis/*/models/*/default_template', 'model'],
  ['/restapis/*/requestvalidators', 'requestvalidators'],
  ['/restapis/*/requestvalidators/*', 'requestvalidator'],
  ['/restapis/*/resources', 'resources'],
  ['/restapis/*/resources/*', 'resource'],
  ['/restapis/*/resources/*/methods/*', 'method'],
  ['/restapis/*/resources/*/methods/*/integration', 'integration'],
  ['/restapis/*/resources/*/methods/*/integration/responses/*', 'integrationresponse'],
  ['/restapis/*/resources/*/methods/*/responses/*', 'methodresponse'],
  ['/restapis/*/stages', 'stages'],
  ['/restapis/*/stages/*', 'stage'],
  ['/restapis/*/stages/*/cache/authorizers', 'stage'],
  ['/restapis/*/stages/*/cache/data', 'stage'],
  // The reference has only the export of an HTTP API; that of a REST API is below its stage.
  ['/restapis/*/stages/*/exports/*', 'stage'],
  ['/tags/*', 'tags'],
  ['/usageplans', 'usageplans'],
  ['/usageplans/*', 'usageplan'],
  ['/usageplans/*/keys', 'usageplankeys'],
  ['/usageplans/*/keys/*', 'usageplankey'],
  ['/usageplans/*/usage', 'usageplan'],
  ['/vpclinks', 'vpclinks'],
  ['/vpclinks/*', 'vpclink'],
];

const BY_PATH = new Map(TYPES);

/** The path that IAM knows an operation's resource by, with labels: `/restapis/{restApiId}` */
export function resourcePath(path: string): string {
  return path.replace(/\?.*$/, '').replace(/^\/v2\//, '/');
}

/** @throws Error for a path that is not in the table */
export function resourceType(path: string): string {
  const type = BY_PATH.get(resourcePath(path).replace(/\{[^}]+\}/g, '*'));
  if (type === undefined) throw new Error(`the type of ${path} is missing in the table of resource paths`);
  return type;
}
