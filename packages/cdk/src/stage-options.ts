import type { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { accessLogGroup } from './access-logs.js';
import type { StageOptions } from './props.js';

/** The settings of a stage of an HTTP or a WebSocket API; its log group and domain are created under `scope`. */
export function stageOptions(
  scope: Construct,
  { stageVariables, accessLogs, throttle, domain }: StageOptions,
  format: AccessLogFormat,
): apigatewayv2.StageOptions {
  return {
    autoDeploy: true,
    ...(stageVariables === undefined ? {} : { stageVariables: { ...stageVariables } }),
    ...(throttle === undefined ? {} : { throttle }),
    ...(accessLogs === true
      ? {
          accessLogSettings: { destination: new apigatewayv2.LogGroupLogDestination(accessLogGroup(scope)), format },
        }
      : {}),
    ...(domain === undefined
      ? {}
      : {
          domainMapping: {
            domainName: new apigatewayv2.DomainName(scope, 'Domain', {
              domainName: domain.domainName,
              certificate: domain.certificate,
            }),
            ...(domain.basePath === undefined ? {} : { mappingKey: domain.basePath }),
          },
        }),
  };
}
