import { arn, type Kind, type Naming, steadyHex } from './kind.ts';
import * as compute from './kinds-compute.ts';
import * as data from './kinds-data.ts';
import * as edge from './kinds-edge.ts';
import * as iam from './kinds-iam.ts';

export const kinds = {
  'AWS::DynamoDB::Table': data.table,
  'AWS::S3::Bucket': data.bucket,
  'AWS::Events::Rule': data.rule,
  'AWS::KMS::Key': data.key,
  'AWS::KMS::Alias': data.alias,
  'AWS::SecretsManager::Secret': data.secret,
  'AWS::SNS::Topic': data.topic,
  'AWS::SNS::Subscription': data.subscription,
  'AWS::SQS::Queue': data.queue,
  'AWS::IAM::Role': iam.role,
  'AWS::IAM::Policy': iam.policy,
  'AWS::Lambda::Function': compute.fn,
  'AWS::Lambda::EventSourceMapping': compute.mapping,
  'AWS::Lambda::EventInvokeConfig': compute.invokeConfig,
  'AWS::Scheduler::Schedule': compute.schedule,
  'AWS::ApiGatewayV2::Api': edge.api,
  'AWS::ApiGatewayV2::Integration': edge.integration,
  'AWS::ApiGatewayV2::Authorizer': edge.authorizer,
  'AWS::ApiGatewayV2::Route': edge.route,
  'AWS::ApiGatewayV2::Stage': edge.stage,
  'AWS::Cognito::UserPool': edge.userPool,
  'AWS::Cognito::UserPoolClient': edge.userPoolClient,
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;

interface Absent {
  readonly why: string;
  readonly identify: (naming: Naming) => { ref: string; atts: Readonly<Record<string, string>> };
}

const absent = (why: string, service: string, resource: (name: string) => string): Absent => ({
  why,
  identify: ({ name }) => ({
    ref: name,
    atts: {
      Arn: service === '' ? '' : arn(service, resource(name)),
      Id: steadyHex(name),
    },
  }),
});

const ofResource = 'rights are judged by the role: policies of resources are tested on the template';
const nobodyWatches = 'no CloudWatch: the status page says how it is';

/** Types that are acknowledged whole: on one machine there is nothing that they would do. */
export const absentKinds: Readonly<Record<string, Absent>> = {
  'AWS::Lambda::Permission': absent(ofResource, '', String),
  'AWS::SNS::TopicPolicy': absent(ofResource, '', String),
  'AWS::SQS::QueuePolicy': absent(ofResource, '', String),
  'AWS::S3::BucketPolicy': absent(ofResource, '', String),
  'AWS::Logs::LogGroup': absent('logs go to the state directory', 'logs', (n) => `log-group:${n}:*`),
  'AWS::Logs::MetricFilter': absent(nobodyWatches, '', String),
  'AWS::CloudWatch::Alarm': absent(nobodyWatches, 'cloudwatch', (n) => `alarm:${n}`),
  'AWS::CloudWatch::CompositeAlarm': absent(nobodyWatches, 'cloudwatch', (n) => `alarm:${n}`),
  'AWS::CloudWatch::Dashboard': absent(nobodyWatches, '', String),
  'AWS::Scheduler::ScheduleGroup': absent('a name for schedules', 'scheduler', (n) => `schedule-group/${n}`),
  'AWS::Cognito::UserPoolDomain': absent('the sign-in page is served by the runtime', '', String),
  'AWS::Cognito::ManagedLoginBranding': absent('the sign-in page is our own', '', String),
  'AWS::SES::EmailIdentity': absent('mail goes to the outbox', 'ses', (n) => `identity/${n}`),
  'AWS::SES::ConfigurationSet': absent('mail goes to the outbox', 'ses', (n) => `configuration-set/${n}`),
  'AWS::SES::ConfigurationSetEventDestination': absent('mail tells the event bus by itself', '', String),
  'AWS::CDK::Metadata': absent('a note about the tool', '', String),
};
