/**
 * The differences of each simulated service from AWS, for the reference page: one sentence each, by the cloud's name of
 * the service.
 */
export const DIFFERENCES: Readonly<Record<string, readonly string[]>> = {
  acm: ['Certificates are issued at once and not used; the cloud speaks HTTP.'],
  apigateway: [
    'Quotas and throttles start again when the API changes or the cloud restarts.',
    'Tokens of a user pool that is not in this cloud are answered with 501: the cloud never calls AWS.',
    'Of access logs, the variables of WAF and some others are a dash.',
    'Mapping templates have no #macro, #parse, #include and #evaluate; they end after 200,000 steps.',
    'Integrations of type AWS call the services that run here; others answer 501, which names the service.',
    'HTTP integrations do not reach link-local addresses. VPC links are kept; an integration through one answers 501.',
    'Private APIs answer like others: there is no network between them and their callers, and aws:SourceVpce is not known.',
    'Cache settings of integrations are stored; nothing is cached.',
  ],
  cloudformation: [
    'Macros except AWS::LanguageExtensions, drift and resource import are refused.',
    'AwsCustomResource of the CDK calls AWS with the SDK that functions find here, and does not install another one.',
    'Rollback triggers are looked at once, when all resources are deployed; the monitoring time is not waited for.',
  ],
  cloudtrail: ['No event is ever found.'],
  cloudwatch: [
    'Lambda, API Gateway (REST and HTTP APIs, by API and stage), SQS, DynamoDB, SNS and EventBridge report their most used metrics; consumed capacity, integration latency, detailed metrics and those of other services are not measured.',
    'A metric of a service is there within a second. Lengths of queues are measured when something is reported, every ten seconds while there are alarms, and when a metric is asked for.',
    'Metric math is arithmetic; anomaly detection, metric streams and insight rules are refused.',
    'Alarms tell topics and functions; other actions are on the terminal.',
    'The period that is running counts, so that an alarm follows its metric at once.',
  ],
  'cognito-idp': [
    'Nothing is mailed or texted: messages are on the terminal and in the log group /goblet/cognito/<pool id>.',
    'There are no hosted pages and no identity providers; the token endpoint gives client credentials and refreshes.',
    'Sign-in by multi-factor authentication, passkeys and codes alone (USER_AUTH) is refused.',
    'Devices, threat protection, analytics, rotation of refresh tokens and senders of messages of your own have no effect.',
    'A trigger has as long as its function, and is called once.',
  ],
  dynamodb: ['A table has one replica, in the region of its stack.', 'Nothing is throttled.'],
  ecr: ['Repositories keep no images.'],
  events: [
    'API destinations are called at their own addresses, outside of this machine too.',
    'A connection by OAuth stays AUTHORIZING; a token is asked for with each event.',
    'An event goes to targets at once and in parallel; a replay does not keep the pace of its events.',
    'A schedule that was due while the cloud was stopped does not fire.',
    "Of the cloud's own services, S3 alone sends events.",
  ],
  iam: [
    'Sign-in profiles are stored without their password: there is no console.',
    'Service-linked roles are known for the services that let users make them.',
  ],
  kinesis: [
    'Throughput is not limited, and shards and streams are not counted against quotas; a stream on demand keeps its shards.',
    'Records are not encrypted: the key that a stream names is stored.',
    'UpdateShardCount goes from the old shards to the new ones in one step. Channels are refused.',
    'SubscribeToShard does not limit a consumer to one subscription of a shard.',
  ],
  kms: [
    'Material is made here and kept in the data folder; ciphertexts of AWS do not decrypt.',
    'Automatic rotation is stored and adds no material; rotation on demand does.',
    'Other services store the key that they name, and do not ask it.',
  ],
  lambda: [
    'Functions run on the Node.js that runs the cloud; those of other languages and of images are recorded.',
    'There is no /opt; NODE_PATH and PATH point to layers.',
  ],
  logs: [
    'Log groups of every class are of the standard one.',
    'Subscriptions send to functions and Kinesis streams, directly or through destinations. Events that are stored and not sent when the cloud is killed are not sent later.',
    'Metrics of filters and of the embedded metric format are reported at once, and not once a minute.',
    'Deliveries of vended logs and queries of Logs Insights are stored: nothing is delivered, and no query runs.',
    'An export starts within a second, and a restart of the cloud starts it anew.',
  ],
  s3: [
    'Objects neither expire nor move: lifecycles, replication, inventories, access logs and accelerations are stored.',
    'Nothing is encrypted at rest; the key of a customer is asked for on reading.',
    'A restored object can be read at once.',
    "Requests of web pages are answered where a bucket's CORS rules are; other buckets refuse them.",
  ],
  scheduler: [
    'Schedules call functions, queues, topics, buses, and operations of services that run here; others are recorded.',
    'Flexible windows fire at their start. A repeated run that was due while the cloud was stopped is skipped.',
  ],
  secretsmanager: [
    'Secrets are not replicated to other regions.',
    'A target attachment adds the identifier of its database, and no host: databases do not run here.',
    'A rotation by a cron expression happens once a day.',
  ],
  sns: ['Notifications are not signed.', 'Subscriptions but those of functions and queues are kept and get nothing.'],
  sqs: ['The name of a deleted queue can be used at once.', 'Queues are not encrypted with KMS keys.'],
  ssm: ['Only the Parameter Store is here.'],
  states: [
    'State machines run if all of their states are tasks of functions by their ARNs, with Retry and Catch, as the one with which the provider framework of the CDK waits; the others are recorded.',
    'Executions end with the cloud; they have no history.',
  ],
  sts: ['Sessions have no second factor and no source identity.'],
};
