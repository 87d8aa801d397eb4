import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { reportKinds } from '../functions/city/kinds.ts';
import { contracts } from '../functions/contracts.ts';
import type { Contract, Operation } from '../functions/kernel/contract.ts';
import { type ErrorCode, errorText, statusOf } from '../functions/kernel/errors.ts';
import { allProblems } from '../functions/kernel/problems.ts';
import { workflows } from '../functions/workflows.ts';
import { operationsFile, operationsText } from './operations.ts';

/** The committed document; `npm test` fails when it no longer says what the contracts say. */
export const openapiFile = join(import.meta.dirname, '..', 'docs', 'openapi.json');

const problemRef = { $ref: '#/components/schemas/Problem' };

/** What every operation may answer besides its own errors. */
const common = (o: Operation): readonly ErrorCode[] => [
  ...(o.body === undefined
    ? []
    : o.consumes === 'application/pdf'
      ? (['fileTooLarge', 'wantsPdf'] as const)
      : (['bodyNotJson', 'bodyNotUtf8', 'bodyTooLarge', 'wrongContentType', 'invalidInput'] as const)),
  ...(o.idempotent === true ? (['idempotencyKeyMissing'] as const) : []),
  ...(o.ifMatch === true ? (['ifMatchMissing', 'staleVersion'] as const) : []),
  ...(o.who.kind === 'staff' ? (['notStaff', 'forbidden'] as const) : []),
  'internal',
];

const errorResponses = (o: Operation): Record<string, object> => {
  const byStatus = new Map<number, Set<ErrorCode>>();
  for (const code of [...o.errors, ...common(o)]) {
    const codes = byStatus.get(statusOf(code, allProblems)) ?? new Set();
    byStatus.set(statusOf(code, allProblems), codes.add(code));
  }
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [
        String(status),
        {
          description: [...codes]
            .map((code) => `\`${code}\` ${errorText(code, 'en', allProblems)}`)
            .join('\n\n'),
          content: { 'application/problem+json': { schema: problemRef } },
        },
      ]),
  );
};

const security = (o: Operation): { security: Record<string, string[]>[] } => ({
  security: o.who.kind === 'public' ? [] : [{ [o.who.kind]: [] }],
});

/** Operations that take any action, and whose. */
const actionOperations: Readonly<Record<string, 'staff' | 'reporter'>> = {
  act: 'staff',
  actOnOwn: 'reporter',
  actOnMine: 'reporter',
};

/** The body of an action operation is the union of all actions of all workflows that its callers may take. */
const actionBody = (whose: 'staff' | 'reporter') => ({
  oneOf: [
    ...new Map(
      Object.values(workflows).flatMap((workflow) =>
        Object.entries(workflow.actions).filter(
          ([, { by, apart }]) =>
            apart !== true && by.some(({ where }) => (where === 'reporter') === (whose === 'reporter')),
        ),
      ),
    ),
  ].map(([id]) => ({ $ref: `#/components/schemas/Action-${id}` })),
});

const operationObject = (id: string, o: Operation): ZodOpenApiOperationObject => {
  const whose = actionOperations[id];
  const header = {
    ...(o.idempotent === true
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: true,
            schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{22,100}$' },
          },
        ]
      : []),
  };
  const headers = [
    ...Object.values(header),
    ...(o.ifMatch === true
      ? [
          {
            name: 'If-Match',
            in: 'header',
            required: true,
            description: 'ETag of the case as it was read',
            schema: { type: 'string' },
          },
        ]
      : []),
  ];
  return {
    operationId: id,
    summary: o.summary.en,
    description: o.summary.id + (o.who.kind === 'staff' ? `\n\nRoles: ${o.who.roles.join(', ')}` : ''),
    ...security(o),
    ...(headers.length === 0 ? {} : { parameters: headers as never }),
    requestParams: {
      ...(o.params === undefined ? {} : { path: o.params as unknown as z.ZodObject }),
      ...(o.query === undefined ? {} : { query: o.query as unknown as z.ZodObject }),
    },
    ...(o.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              [o.consumes ?? 'application/json']: {
                schema:
                  o.consumes === 'application/pdf'
                    ? { type: 'string' as const, format: 'binary' }
                    : ((whose === undefined ? o.body : actionBody(whose)) as unknown as z.ZodType),
              },
            },
          },
        }),
    responses: {
      [String(o.status)]: {
        description: 'OK',
        ...(o.response === undefined
          ? {}
          : {
              content: {
                [o.produces ?? 'application/json']: {
                  schema:
                    o.produces === 'application/pdf'
                      ? { type: 'string' as const, format: 'binary' }
                      : (o.response as unknown as z.ZodType),
                },
              },
            }),
      },
      ...errorResponses(o),
    } as ZodOpenApiOperationObject['responses'],
  };
};

const problemSchema = {
  type: 'object',
  description: 'RFC 9457 problem document; `code` is one per cause.',
  required: ['type', 'title', 'status', 'code', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { field: { type: 'string' }, problem: { type: 'string' } } },
    },
  },
} as const;

/** Reports of whatever kind have the same actions; every other kind has its own of the same names. */
const groupOf = (kind: string): string => (reportKinds.some((one) => one === kind) ? '' : `${kind}-`);

/** Answers of a form are any JSON: which ones, the form of the service says. */
const options = { allowEmptySchema: { custom: true } } as const;

export const openapi = (of: readonly Contract[] = contracts): string => {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const { feature, operations } of of) {
    for (const [id, operation] of Object.entries(operations)) {
      const path = paths[operation.path] ?? {};
      path[operation.method.toLowerCase()] = { ...operationObject(id, operation), tags: [feature] };
      paths[operation.path] = path;
    }
  }
  const actions = Object.fromEntries(
    Object.values(workflows).flatMap(({ kind, actions: of }) =>
      Object.entries(of)
        .filter(([, action]) => action.by.length > 0)
        .map(([id, action]) => [`Action-${groupOf(kind)}${id}`, action.input as unknown as z.ZodType]),
    ),
  );
  const document = createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Lapau',
        version: '1',
        license: { name: 'MIT', identifier: 'MIT' },
        description:
          'Citizen services of an Indonesian city: complaints, their handling and the figures about it. Errors are problem documents in Indonesian, or English by `Accept-Language`.',
      },
      servers: [{ url: '/' }],
      paths: paths as ZodOpenApiPathsObject,
      components: {
        schemas: { Problem: problemSchema, ...actions } as never,
        securitySchemes: {
          citizen: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: 'ID token of the citizen pool',
          },
          staff: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: 'ID token of the staff pool',
          },
          case: { type: 'http', scheme: 'bearer', description: 'Case token from code and PIN, 30 minutes' },
        },
      },
    },
    options,
  );
  return `${JSON.stringify(document, null, 1)}\n`;
};

if (import.meta.main) {
  writeFileSync(operationsFile, operationsText(contracts));
  writeFileSync(openapiFile, openapi());
  process.stdout.write(`${openapiFile}\n${operationsFile}\n`);
}
