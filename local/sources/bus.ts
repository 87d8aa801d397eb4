import { randomUUID } from 'node:crypto';
import type { MovedClock } from '../moved.ts';
import type { Queues } from '../services/queues.ts';
import { account, region } from '../template/kind.ts';
import type { Loadout } from '../template/load.ts';
import { CannotStart } from '../template/model.ts';
import { type Json, matches, unknownIn } from './pattern.ts';

/** The default event bus: what services tell, passed to the queues of the rules that match. */
export interface Bus {
  readonly put: (source: string, detailType: string, detail: Json, resources?: readonly string[]) => void;
  /** No rule wants anything. */
  readonly idle: boolean;
}

interface Transformer {
  readonly InputPathsMap: Readonly<Record<string, string>>;
  readonly InputTemplate: string;
}

/** A dotted path, `$.detail.mail.tags.receipt`; the only kind that is used. */
const at = (event: unknown, path: string): unknown =>
  path
    .split('.')
    .slice(1)
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined,
      event,
    );

/** A path that leads nowhere leaves a hole, as on AWS. */
const transformed = (event: Json, { InputPathsMap: paths, InputTemplate: template }: Transformer): string =>
  template.replace(/<(\w+)>/g, (_, name: string) => JSON.stringify(at(event, paths[name] ?? '')) ?? '');

export const openBus = (loadout: Loadout, queues: Queues, clock: MovedClock): Bus => {
  const rules = loadout.of('AWS::Events::Rule').flatMap(({ props, stack, logicalId }) => {
    const unknown = unknownIn(props.EventPattern);
    if (unknown !== undefined)
      throw new CannotStart(`${stack.name}/${logicalId}: event pattern: ${unknown} is not known here`);
    return props.State === 'ENABLED' ? [{ pattern: props.EventPattern as Json, targets: props.Targets }] : [];
  });
  return {
    idle: rules.length === 0,
    put: (source, detailType, detail, resources = []) => {
      const event = {
        version: '0',
        id: randomUUID(),
        'detail-type': detailType,
        source,
        account,
        time: `${new Date(clock.now()).toISOString().slice(0, 19)}Z`,
        region,
        resources,
        detail,
      };
      for (const { pattern, targets } of rules)
        if (matches(pattern, event))
          for (const { Arn, InputTransformer: transformer } of targets)
            queues.send(
              Arn.split(':').at(-1) ?? '',
              transformer === undefined ? JSON.stringify(event) : transformed(event, transformer),
            );
    },
  };
};
