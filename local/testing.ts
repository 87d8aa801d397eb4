// For tests alone: a city of a few resources whose functions are a line of JavaScript each.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './local.ts';
import type { Resource, Stack } from './template/model.ts';

export interface Bench {
  readonly dir: string;
  /** A function whose `handler(event, context)` has this body; `sdk(name)` requires a package of the repository. */
  readonly fn: (name: string, body: string, more?: Readonly<Record<string, unknown>>) => Resource;
  readonly stack: (resources: Readonly<Record<string, Resource>>) => Stack;
  readonly remove: () => void;
}

/** A temporary directory with the code of the functions that are asked for. */
export const createBench = (): Bench => {
  const dir = mkdtempSync(join(tmpdir(), 'lapau-local-'));
  const assets = new Map<string, string>();
  return {
    dir,
    fn: (name, body, more = {}) => {
      const code = join(dir, name);
      mkdirSync(code, { recursive: true });
      const sdk = `const { createRequire } = require('node:module'); const sdk = createRequire(${JSON.stringify(join(root, 'package.json'))});`;
      writeFileSync(
        join(code, 'index.js'),
        `${sdk}\nexports.handler = async (event, context) => { ${body} };\n`,
      );
      assets.set(`${name}.zip`, code);
      return {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: `test-${name}`,
          Code: { S3Bucket: 'assets', S3Key: `${name}.zip` },
          Handler: 'index.handler',
          Runtime: 'nodejs24.x',
          MemorySize: 128,
          Timeout: 5,
          ...more,
        },
      };
    },
    stack: (resources) => ({ name: 'test-app', template: { Resources: { ...resources } }, assets }),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
};

const getAtt = (id: string, attribute: string) => ({ 'Fn::GetAtt': [id, attribute] });

/** An HTTP API with one route a key; each leads to the function of that logical id. */
export const httpApi = (
  routes: Readonly<Record<string, { readonly fn: string; readonly authorizer?: string }>>,
  stage: Readonly<Record<string, unknown>> = {},
): Record<string, Resource> => {
  const out: Record<string, Resource> = {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'test', ProtocolType: 'HTTP' } },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true, ...stage },
    },
  };
  for (const [i, [key, { fn, authorizer }]] of Object.entries(routes).entries()) {
    out[`Integration${i}`] = {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: getAtt(fn, 'Arn'),
        PayloadFormatVersion: '2.0',
      },
    };
    out[`Route${i}`] = {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Api' },
        RouteKey: key,
        Target: { 'Fn::Join': ['', ['integrations/', { Ref: `Integration${i}` }]] },
        ...(authorizer === undefined
          ? { AuthorizationType: 'NONE' }
          : { AuthorizationType: 'JWT', AuthorizerId: { Ref: authorizer } }),
      },
    };
  }
  return out;
};

/** A pool with its client and authorizer: logical ids `<name>Pool`, `<name>Client`, `<name>Authorizer`. */
export const userPool = (name: 'Staff' | 'Citizens'): Record<string, Resource> => ({
  [`${name}Pool`]: {
    Type: 'AWS::Cognito::UserPool',
    Properties: { UserPoolName: `test-${name.toLowerCase()}` },
  },
  [`${name}Client`]: {
    Type: 'AWS::Cognito::UserPoolClient',
    Properties: { UserPoolId: { Ref: `${name}Pool` }, CallbackURLs: ['http://localhost:8787/auth/callback'] },
  },
  [`${name}Authorizer`]: {
    Type: 'AWS::ApiGatewayV2::Authorizer',
    Properties: {
      ApiId: { Ref: 'Api' },
      Name: name,
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: {
        Audience: [{ Ref: `${name}Client` }],
        Issuer: {
          'Fn::Sub': [
            // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
            'https://cognito-idp.${AWS::Region}.amazonaws.com/${pool}',
            { pool: { Ref: `${name}Pool` } },
          ],
        },
      },
    },
  },
});

/** The table `Cases` with a stream, two indexes and an expiry. */
export const casesTable: Readonly<Record<string, Resource>> = {
  Cases: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'test-cases',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: ['pk', 'sk', 'gsi1pk'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'gsi1',
          KeySchema: [{ AttributeName: 'gsi1pk', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['row'] },
        },
      ],
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    },
  },
};

/** Puts an item of the table `Cases` into the engine, past every function. */
export const item = (pk: string, sk = 'CASE', more: Readonly<Record<string, unknown>> = {}) => ({
  TableName: 'test-cases',
  Item: { pk: { S: pk }, sk: { S: sk }, ...more },
});
