import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { ActionSpec, ClockEffect, Right, Workflow } from '../functions/cases/workflow.ts';
import { workflows } from '../functions/workflows.ts';

/** The committed page; `npm test` fails when it no longer says what the workflows say. */
export const workflowsFile = join(import.meta.dirname, '..', 'docs', 'workflows.md');

/** More sources than this are drawn as one: an arrow from every open state tells nobody anything. */
const drawnSources = 5;

const targets = (action: ActionSpec, from: string): readonly string[] => {
  const to = action.to ?? [];
  return 'includes' in to
    ? (to as readonly string[])
    : ((to as Record<string, readonly string[]>)[from] ?? []);
};

const edges = (workflow: Workflow): string[] => {
  const arrows = new Map<string, string[]>();
  for (const [id, action] of Object.entries(workflow.actions)) {
    const moves = action.from.flatMap((from) =>
      targets(action, from).flatMap((to) => (to === from ? [] : [[from, to] as const])),
    );
    const sources = new Set(moves.map(([from]) => from));
    const drawn =
      sources.size > drawnSources
        ? [...new Set(moves.map(([, to]) => to))].map((to) => ['anyOpen', to] as const)
        : moves;
    for (const [from, to] of drawn) {
      const key = `${from} --> ${to}`;
      arrows.set(key, [...(arrows.get(key) ?? []), id]);
    }
  }
  return [...arrows].map(([arrow, ids]) => `  ${arrow}: ${ids.join(', ')}`);
};

const diagram = (workflow: Workflow): string => {
  const states = Object.entries(workflow.states);
  return [
    '```mermaid',
    'stateDiagram-v2',
    ...states.map(([id, { names }]) => `  state "${names.en}" as ${id}`),
    '  state "any open state" as anyOpen',
    `  [*] --> ${workflow.start.state}: filed`,
    ...edges(workflow),
    ...states.flatMap(([id, { final }]) => (final ? [`  ${id} --> [*]`] : [])),
    '```',
  ].join('\n');
};

const where: Readonly<Record<Right['where'], string>> = {
  desk: '',
  triage: ' in triage',
  inCharge: ' of the unit in charge',
  validating: ' of the validating unit',
  reporter: '',
};

const who = ({ by }: ActionSpec): string =>
  by.length === 0
    ? 'the system'
    : by
        .map(({ roles, where: at, positions }) =>
          at === 'reporter'
            ? 'the reporter'
            : `${positions === undefined ? roles.join(', ') : positions.join(', ')}${where[at]}`,
        )
        .join('; ');

const clock = (effect: ClockEffect): string => {
  const [verb = '', what] = Object.entries(effect)[0] ?? [];
  return what === true ? verb : `${verb} ${Array.isArray(what) ? what.join(', ') : String(what)}`;
};

const clocksOf = ({ clocks, may = [] }: ActionSpec): string => {
  const chosen = may.length === 0 ? '' : `may: ${may.map(clock).join(' · ')}`;
  return [clocks.map(clock).join(' · '), chosen].filter((text) => text !== '').join('; ');
};

interface Shape {
  readonly properties?: Readonly<
    Record<string, { readonly enum?: readonly unknown[]; readonly const?: unknown }>
  >;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Shape[];
  readonly anyOf?: readonly Shape[];
}

/** Fields of an input: those that are needed, then in brackets those that may be; choices with their codes. */
const needs = (shape: Shape): string => {
  const variants = shape.oneOf ?? shape.anyOf;
  if (variants !== undefined) return variants.map(needs).join(' | ');
  return Object.entries(shape.properties ?? {})
    .map(([name, field]) => {
      const choices = field.enum ?? (field.const === undefined ? [] : [field.const]);
      const text = choices.length === 0 ? name : `${name} (${choices.join(', ')})`;
      return shape.required?.includes(name) === true ? text : `[${text}]`;
    })
    .join(', ');
};

const cell = (text: string): string => (text === '' ? '–' : text.replaceAll('|', '\\|'));

const row = (
  workflow: Workflow,
  [id, action]: readonly [string, ActionSpec],
  shapeOf: (action: ActionSpec) => Shape,
): string => {
  const states = Object.keys(workflow.states);
  const open = states.filter((state) => workflow.states[state]?.final === false);
  const from =
    action.from.length === states.length
      ? 'every state'
      : open.every((state) => action.from.includes(state)) && action.from.length === open.length
        ? 'every open state'
        : action.from.join(', ');
  const to = [...new Set(action.from.flatMap((state) => targets(action, state)))];
  return `| ${[
    `\`${id}\` ${action.names.id}`,
    who(action),
    from,
    to.join(', '),
    needs(shapeOf(action)),
    clocksOf(action),
    action.tells.join(', '),
    `\`${action.event}\`, ${action.audience}`,
  ]
    .map(cell)
    .join(' | ')} |`;
};

const chapter = (
  workflow: Workflow,
  kinds: readonly string[],
  shapeOf: (action: ActionSpec) => Shape,
): string =>
  [
    `## ${kinds.join(', ')}`,
    '',
    diagram(workflow),
    '',
    `A new case is \`${workflow.start.state}\`; these clocks start with it: ${workflow.start.clocks.join(', ')}.`,
    'What the system does when a clock passes its due:',
    `${Object.entries(workflow.atDue ?? {})
      .map(([name, action]) => `${name} → \`${action}\``)
      .join(', ')}; every other clock → \`overdue\`.`,
    '',
    '| state | | final |',
    '|---|---|---|',
    ...Object.entries(workflow.states).map(
      ([id, { names, final }]) => `| \`${id}\` | ${names.id} / ${names.en} | ${final ? 'yes' : '–'} |`,
    ),
    '',
    '| action | who | from | to | needs [or takes] | clocks | tells | event, audience |',
    '|---|---|---|---|---|---|---|---|',
    ...Object.entries(workflow.actions).map((entry) => row(workflow, entry, shapeOf)),
  ].join('\n');

const head = `# Workflows

Generated from the workflow data by \`node scripts/workflows.ts\`; a test fails when this page and the data differ.
An action without a state under *to* leaves the case where it is. Limits are settings with a legal reference
(\`cities/<city>/clocks.json\`); what ends a case ends every clock but an objection's. Who sees a case at all is decided
before any of this ([architecture](architecture.md)); of a case that is handled alone its handler holds every role.`;

/** The page: one chapter for all kinds that share a workflow. */
export const workflowsPage = (): string => {
  const shapeOf = (action: ActionSpec): Shape =>
    z.toJSONSchema(action.input as never, { io: 'input', unrepresentable: 'any' }) as Shape;
  const chapters = new Map<Workflow['actions'], Workflow[]>();
  for (const workflow of Object.values(workflows)) {
    chapters.set(workflow.actions, [...(chapters.get(workflow.actions) ?? []), workflow]);
  }
  const parts = [...chapters.values()].flatMap((same) =>
    same[0] === undefined
      ? []
      : [
          chapter(
            same[0],
            same.map(({ kind }) => kind),
            shapeOf,
          ),
        ],
  );
  return `${[head, ...parts].join('\n\n')}\n`;
};

if (import.meta.main) writeFileSync(workflowsFile, workflowsPage());
