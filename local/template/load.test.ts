import { describe, expect, it } from 'vitest';
import { load } from './load.ts';
import { CannotStart, type Resource, type Stack, type Template } from './model.ts';

const at = { url: 'http://127.0.0.1:1', queues: 'http://127.0.0.1:2' };
const stack = (name: string, Resources: Record<string, Resource>, more: Partial<Template> = {}): Stack => ({
  name,
  template: { Resources, ...more },
  assets: new Map(),
});

const messageOf = (stacks: readonly Stack[]): string => {
  try {
    load(stacks, at);
  } catch (error) {
    expect(error).toBeInstanceOf(CannotStart);
    return String(error);
  }
  return 'nothing was refused';
};

describe('reading a template', () => {
  it('gives a queue, its address and its ARN under the name that the template says', () => {
    const [queue] = load(
      [stack('app', { Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'q' } } })],
      at,
    ).of('AWS::SQS::Queue');
    expect(queue).toMatchObject({
      name: 'q',
      ref: 'http://127.0.0.1:2/000000000000/q',
      arn: 'arn:aws:sqs:ap-southeast-3:000000000000:q',
      props: { VisibilityTimeout: 30 },
    });
  });

  it('follows a value exported by another stack', () => {
    const data = stack(
      'data',
      { T: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'events' } } },
      {
        Outputs: { X: { Value: { Ref: 'T' }, Export: { Name: 'data:topic' } } },
      },
    );
    const app = stack('app', {
      S: {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: { 'Fn::ImportValue': 'data:topic' }, Protocol: 'email', Endpoint: 'a@b.id' },
      },
    });
    expect(load([data, app], at).of('AWS::SNS::Subscription')[0]?.props.TopicArn).toBe(
      'arn:aws:sns:ap-southeast-3:000000000000:events',
    );
  });

  it('leaves out what its condition leaves out, and gives parameters their defaults', () => {
    const found = load(
      [
        stack(
          'app',
          {
            A: { Type: 'AWS::SNS::Topic', Condition: 'Prod', Properties: {} },
            B: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { Ref: 'Name' } } },
          },
          {
            Parameters: { Name: { Type: 'String', Default: 'chosen' } },
            Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'elsewhere'] } },
          },
        ),
      ],
      at,
    ).of('AWS::SNS::Topic');
    expect(found.map((t) => t.name)).toEqual(['chosen']);
  });

  it('passes over what has no meaning on one machine', () => {
    const found = load(
      [
        stack('app', {
          Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Anything: { 'Fn::Cidr': [] } } },
          Q: { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: true } },
        }),
      ],
      at,
    );
    expect(found.of('AWS::SQS::Queue')).toHaveLength(1);
  });
});

describe('what it does not know stops the start', () => {
  it('names every unknown type, property, nested property, attribute and function at once', () => {
    const said = messageOf([
      stack('app', {
        Bus: { Type: 'AWS::Events::EventBus', Properties: {} },
        Fifo: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } },
        Table: {
          Type: 'AWS::DynamoDB::Table',
          Properties: {
            BillingMode: 'PAY_PER_REQUEST',
            KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
            AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
            StreamSpecification: { StreamViewType: 'NEW_IMAGE', Colour: 'red' },
          },
        },
        Att: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::GetAtt': ['Fifo', 'Length'] } } },
        Zones: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::GetAZs': '' } } },
      }),
    ]);
    expect(said).toContain('app/Bus: resource type AWS::Events::EventBus is not known here');
    expect(said).toContain('app/Fifo (AWS::SQS::Queue): property FifoQueue is not known here');
    expect(said).toContain(
      'app/Table (AWS::DynamoDB::Table): property StreamSpecification.Colour is not known here',
    );
    expect(said).toContain('attribute Length of Fifo is not known here');
    expect(said).toContain('intrinsic function Fn::GetAZs is not known here');
  });

  it('names a property whose value it cannot run', () => {
    expect(
      messageOf([
        stack('app', {
          Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'x', ProtocolType: 'WEBSOCKET' } },
        }),
      ]),
    ).toContain('app/Api (AWS::ApiGatewayV2::Api): property ProtocolType cannot be run');
  });

  it('names what a role says beyond what is enforced: a denial, an unread condition, a managed policy', () => {
    const role = (Properties: object) => ({ Type: 'AWS::IAM::Role', Properties: { ...Properties } });
    const holding = (more: object) =>
      role({
        Policies: [
          {
            PolicyName: 'p',
            PolicyDocument: {
              Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*', ...more }],
            },
          },
        ],
      });
    const said = messageOf([
      stack('app', {
        Denies: holding({ Effect: 'Deny' }),
        Inverse: holding({ NotAction: 'sqs:*' }),
        Hours: holding({ Condition: { DateLessThan: { 'aws:CurrentTime': 'x' } } }),
        Leading: holding({ Condition: { StringEquals: { 'dynamodb:LeadingKeys': 'x' } } }),
        Admin: role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }),
      }),
    ]);
    for (const id of ['Denies', 'Inverse', 'Hours', 'Leading', 'Admin']) expect(said).toContain(`app/${id} `);
  });

  it('names a reference to nothing', () => {
    expect(
      messageOf([
        stack('app', { T: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { Ref: 'Gone' } } } }),
      ]),
    ).toContain('refers to Gone, which is not in the template');
  });
});
