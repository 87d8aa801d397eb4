import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import type { App, Stack } from 'aws-cdk-lib/core';
import { env } from '../../functions/kernel/env.ts';
import type { Data } from '../data/stack.ts';
import { type Deployment, stackOf } from '../deployment.ts';
import { httpParts, operationsOf, partOf, sizeOf } from '../features.ts';
import { type Granting, granted } from '../grants.ts';
import { featureRights } from '../rights.ts';
import { lambda } from './function.ts';
import { authorizersOf, defaultStage, routes } from './http.ts';
import { resourcesOf } from './resources.ts';
import type { Running, Runtime } from './stack.ts';

const about = {
  reports: 'Lapau: what people report, and what a desk does with it, over HTTP',
  services: 'Lapau: announcements, services and information requests, over HTTP',
} as const;

const rightsOf = (feature: string): readonly Granting[] => {
  const rights = featureRights[feature];
  if (rights === undefined) throw new Error(`lib/rights.ts has no entry for the feature ${feature}`);
  return rights;
};

/** One function a feature with its routes, in as many stacks as CloudFormation's limit asks for; then the stage. */
export const featureStacks = (
  app: App,
  d: Deployment,
  data: Data,
  { api, caseEvents }: Running,
  { contracts, bundleOf }: Runtime,
): readonly Stack[] => {
  const environment = {
    [env.publicUrl]: d.publicUrl ?? api.apiEndpoint,
    [env.staffIssuer]: data.staff.issuer,
    [env.citizenIssuer]: data.citizens.issuer,
  };
  const operations = operationsOf(contracts);
  const authorizers = authorizersOf(data);
  const made = httpParts.map((part) => {
    const stack = stackOf(app, d, part, about[part]);
    const on = resourcesOf(stack, d, data, caseEvents);
    const functions = new Map<string, Lambda>();
    for (const { feature, operations: own } of contracts) {
      if (partOf(feature) !== part) continue;
      const grant = granted(rightsOf(feature), on);
      functions.set(
        feature,
        lambda(stack, d, {
          name: feature,
          does: `Operations: ${Object.keys(own).join(', ')}`.slice(0, 256),
          bundle: bundleOf(feature),
          ...sizeOf(feature),
          grant: { ...grant, environment: { ...environment, ...grant.environment } },
        }),
      );
    }
    return { stack, routes: routes(stack, api, authorizers, operations, functions) };
  });
  const gate = stackOf(app, d, 'gate', 'Lapau: opens the API once every route is there');
  const stage = defaultStage(
    gate,
    d,
    api,
    operations.map((o) => o.operation),
  );
  // Route settings name routes, which must be there first.
  stage.node.addDependency(...made.flatMap((part) => part.routes));
  return [...made.map(({ stack }) => stack), gate];
};
