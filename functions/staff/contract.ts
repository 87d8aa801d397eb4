import * as z from 'zod/mini';
import { positions } from '../city/positions.ts';
import { contract, staff as members, roles } from '../kernel/contract.ts';
import { cursor, day, instant, pageSize, slug, words } from '../kernel/schema.ts';
import { staffProblems } from '../kernel/staff-problems.ts';

const id = z.string().check(z.regex(/^[a-z0-9]{8,40}$/));
const email = z.email().check(z.maxLength(254), z.toLowerCase());
const telegram = z.string().check(z.regex(/^(@[A-Za-z0-9_]{5,32}|-?\d{5,20})$/));
const whatsapp = z.string().check(z.regex(/^\+[1-9]\d{7,14}$/));
/** `null` removes an address. */
const channels = z.strictObject({
  telegram: z.optional(z.nullable(telegram)),
  whatsapp: z.optional(z.nullable(whatsapp)),
});
const reason = words(3, 500);

const row = {
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  unit: z.string(),
  position: z.nullable(z.enum(positions)),
  /** `invited` until the first sign-in that was bound or confirmed. */
  status: z.enum(['invited', 'active', 'revoked']),
  channels: z.object({ telegram: z.optional(z.string()), whatsapp: z.optional(z.string()) }),
};
const person = z.object({ ...row, rev: z.int(), invitedAt: instant, changedAt: instant });

const delegation = z.object({
  id: z.string(),
  absent: z.string(),
  delegate: z.string(),
  unit: z.string(),
  from: day,
  until: day,
  by: z.string(),
  at: instant,
  reason: z.string(),
  revoked: z.nullable(z.object({ by: z.string(), at: instant, reason: z.string() })),
});

const snapshot = z.object({
  name: z.string(),
  email: z.string(),
  role: z.string(),
  unit: z.string(),
  position: z.nullable(z.string()),
  status: z.string(),
  channels: z.object({ telegram: z.optional(z.string()), whatsapp: z.optional(z.string()) }),
});

const reading = members('coordinator', 'inspector');
/** An inspector keeps inspectors and the head of the oversight unit, a coordinator everybody else. */
const keeping = members('coordinator', 'inspector');
const unfit = ['unknownUnit', 'roleUnfit', 'positionHeld'] as const;

export const staff = contract({
  feature: 'staff',
  problems: staffProblems,
  operations: {
    inviteStaff: {
      method: 'POST',
      path: '/v1/staff',
      who: keeping,
      summary: {
        id: 'Undang petugas lewat email, sebelum masuk pertama kali',
        en: 'Invite a person by email, before the first sign-in',
      },
      body: z.strictObject({
        name: words(2, 120),
        email,
        role: z.enum(roles),
        unit: slug,
        position: z.optional(z.enum(positions)),
        channels: z.optional(channels),
        reason: z.optional(reason),
      }),
      idempotent: true,
      status: 201,
      response: person,
      errors: ['inspectorNeeded', 'conflict', 'keyReused', ...unfit],
    },
    listStaff: {
      method: 'GET',
      path: '/v1/staff',
      who: reading,
      summary: { id: 'Daftar petugas, menurut unit bila disebut', en: 'List staff, of a unit when named' },
      query: z.strictObject({
        /** This unit and everything below it. */
        unit: z.optional(slug),
        cursor: z.optional(cursor),
        size: pageSize,
      }),
      status: 200,
      response: z.object({ staff: z.array(z.object(row)), next: z.nullable(z.string()) }),
      errors: ['badCursor', 'unknownUnit'],
    },
    readStaff: {
      method: 'GET',
      path: '/v1/staff/{id}',
      who: reading,
      summary: { id: 'Satu petugas', en: 'One person' },
      params: z.strictObject({ id }),
      status: 200,
      response: person,
      errors: ['notFound'],
    },
    changeStaff: {
      method: 'POST',
      path: '/v1/staff/{id}',
      who: keeping,
      summary: {
        id: 'Ubah nama, peran, unit, jabatan atau saluran',
        en: 'Change name, role, unit, position or channels',
      },
      params: z.strictObject({ id }),
      body: z.strictObject({
        name: z.optional(words(2, 120)),
        role: z.optional(z.enum(roles)),
        unit: z.optional(slug),
        /** `null` takes the position away. */
        position: z.optional(z.nullable(z.enum(positions))),
        channels: z.optional(channels),
        reason,
      }),
      /** `rev` of the record. */
      ifMatch: true,
      status: 200,
      response: person,
      errors: ['inspectorNeeded', 'notFound', 'staleRecord', 'personRevoked', 'ownAccess', ...unfit],
    },
    revokeStaff: {
      method: 'POST',
      path: '/v1/staff/{id}/revoke',
      who: keeping,
      summary: {
        id: 'Cabut akses; berlaku di semua server dalam 60 detik',
        en: 'Revoke access; out on every instance within 60 seconds',
      },
      params: z.strictObject({ id }),
      body: z.strictObject({ reason }),
      status: 200,
      response: person,
      errors: ['inspectorNeeded', 'notFound', 'ownAccess', 'busy'],
    },
    auditStaff: {
      method: 'GET',
      path: '/v1/staff/{id}/audit',
      who: reading,
      summary: { id: 'Riwayat perubahan seorang petugas', en: 'Every change of one person, newest first' },
      params: z.strictObject({ id }),
      query: z.strictObject({ cursor: z.optional(cursor), size: pageSize }),
      status: 200,
      response: z.object({
        changes: z.array(
          z.object({
            rev: z.int(),
            what: z.enum(['invited', 'changed', 'revoked', 'bound']),
            /** Staff id, or `system|bootstrap`. */
            actor: z.string(),
            reason: z.string(),
            at: instant,
            before: z.nullable(snapshot),
            after: snapshot,
          }),
        ),
        next: z.nullable(z.string()),
      }),
      errors: ['badCursor', 'notFound'],
    },
    delegate: {
      method: 'POST',
      path: '/v1/staff/{id}/delegations',
      who: members(),
      summary: {
        id: 'Tunjuk rekan seunit yang mewakili selama tidak hadir; berakhir sendiri pada tanggalnya',
        en: 'Name a colleague of the unit who acts during an absence; it ends by its date',
      },
      params: z.strictObject({ id }),
      body: z.strictObject({ delegate: id, from: day, until: day, reason }),
      idempotent: true,
      status: 201,
      response: delegation,
      errors: [
        'notFound',
        'dateOutOfRange',
        'ownDelegate',
        'unknownPerson',
        'delegateAbsent',
        'alreadyDelegated',
        'keyReused',
        'busy',
      ],
    },
    listDelegations: {
      method: 'GET',
      path: '/v1/staff/{id}/delegations',
      who: members(),
      summary: {
        id: 'Perwakilan seorang petugas, yang terakhir dahulu',
        en: 'Delegations of a person, latest first',
      },
      params: z.strictObject({ id }),
      query: z.strictObject({ cursor: z.optional(cursor), size: pageSize }),
      status: 200,
      response: z.object({ delegations: z.array(delegation), next: z.nullable(z.string()) }),
      errors: ['badCursor', 'notFound'],
    },
    revokeDelegation: {
      method: 'POST',
      path: '/v1/staff/{id}/delegations/{delegation}/revoke',
      who: members(),
      summary: { id: 'Akhiri perwakilan sebelum tanggalnya', en: 'End a delegation before its date' },
      params: z.strictObject({ id, delegation: z.string().check(z.regex(/^\d{8}-[A-Za-z0-9]{1,16}$/)) }),
      body: z.strictObject({ reason }),
      status: 200,
      response: delegation,
      errors: ['notFound', 'busy'],
    },
    bindSignIn: {
      method: 'POST',
      path: '/v1/me/bind',
      // Whoever holds a token of the staff's issuer: the function itself looks for the invitation.
      who: members(),
      summary: {
        id: 'Kaitkan masuk pertama dengan undangan, lewat email yang terverifikasi',
        en: 'Bind a first sign-in to its invitation by verified email',
      },
      status: 200,
      response: z.object({ id: z.string(), role: z.enum(roles), unit: z.string(), status: z.string() }),
      errors: ['notStaff', 'emailUnverified', 'conflict'],
      throttle: { rate: 5, burst: 20 },
    },
  },
});
