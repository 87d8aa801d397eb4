import type { Loaded, Loadout } from '../template/load.ts';
import { allows, type Statement } from './guard.ts';
import type { Need } from './needs.ts';

type Fn = Loaded<'AWS::Lambda::Function'>;
type Document = Loaded<'AWS::IAM::Policy'>['props']['PolicyDocument'];

const statementsIn = ({ Statement: all }: Document): readonly Statement[] =>
  all.map(({ Action, Resource, Condition }) => ({
    actions: Action,
    resources: Resource,
    equals: Condition?.StringEquals ?? {},
  }));

/** A function's role by name, and what its policies allow; undefined for a function without one, as tests have. */
export const policyOf = (
  loadout: Loadout,
  fn: Fn,
): { readonly role: string; readonly statements: readonly Statement[] } | undefined => {
  const role = loadout.of('AWS::IAM::Role').find(({ arn }) => arn === fn.props.Role);
  if (role === undefined) return undefined;
  const beside = loadout.of('AWS::IAM::Policy').filter(({ props }) => props.Roles.includes(role.name));
  return {
    role: role.name,
    statements: [
      ...role.props.Policies.map((p) => p.PolicyDocument),
      ...beside.map((p) => p.props.PolicyDocument),
    ].flatMap(statementsIn),
  };
};

/** Action and resource, as `dynamodb:Query arn:…/index/gsi1`. */
export type Right = string;

export interface Rights {
  readonly told: (functionName: string, need: Need, allowed: boolean) => void;
  /** What each function asked for in vain, and what its role allows and it never asked for since the start. */
  readonly list: () => Readonly<
    Record<string, { readonly refused: readonly Right[]; readonly unused: readonly Right[] }>
  >;
}

/** Used by Lambda itself on the function's behalf: logs, and its triggers' streams and queues. */
const isPlatforms = (action: string, resource: string): boolean =>
  /^(?:logs|sqs):/.test(action) || resource.includes('/stream/');

/** Remembers what functions asked for. A right that is missing is logged once. */
export const createRights = (
  policies: ReadonlyMap<string, readonly Statement[]>,
  log: (functionName: string, line: string) => void,
): Rights => {
  const used = new Map<string, Map<Right, Need>>();
  const refused = new Map<string, Set<Right>>();
  const unusedOf = (name: string, statements: readonly Statement[]): readonly Right[] => {
    const asked = [...(used.get(name)?.values() ?? [])];
    return statements.flatMap(({ actions, resources, equals }) =>
      actions.flatMap((action) =>
        resources
          .filter((resource) => !isPlatforms(action, resource))
          .filter((resource) => !asked.some(allows([{ actions: [action], resources: [resource], equals }])))
          .map((resource) => `${action} ${resource}`),
      ),
    );
  };
  return {
    told: (name, need, allowed) => {
      const right = `${need.action} ${need.resource}`;
      if (allowed) {
        const of = used.get(name) ?? new Map<Right, Need>();
        used.set(name, of.set(right, need));
        return;
      }
      const of = refused.get(name) ?? new Set<Right>();
      if (!of.has(right)) log(name, `AccessDenied: the role may not ${need.action} on ${need.resource}`);
      refused.set(name, of.add(right));
    },
    list: () =>
      Object.fromEntries(
        [...policies].map(([name, statements]) => [
          name,
          { refused: [...(refused.get(name) ?? [])], unused: unusedOf(name, statements) },
        ]),
      ),
  };
};
