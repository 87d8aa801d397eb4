import * as z from 'zod/mini';
import { appointmentProblems } from '../kernel/appointment-problems.ts';
import { anyone, caseHolder, citizen, contract } from '../kernel/contract.ts';
import { day, instant, slug } from '../kernel/schema.ts';
import {
  bookErrors,
  booking,
  bookingId,
  bookingList,
  cancelErrors,
  caseCode,
  counter,
  days,
  localTime,
  moveErrors,
  ofCase,
  phone,
} from './shapes.ts';

/** Places at a counter, at an hour that people chose. */
export const appointments = contract({
  feature: 'appointments',
  problems: appointmentProblems,
  operations: {
    listResources: {
      method: 'GET',
      path: '/v1/appointments',
      who: anyone,
      summary: { id: 'Di mana orang dapat membuat janji temu', en: 'Where appointments can be made' },
      status: 200,
      response: z.object({
        resources: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            place: z.string(),
            unit: z.string(),
            minutes: z.int(),
            /** Anybody with an account may come; otherwise only for an application that is dealt with there. */
            anybody: z.boolean(),
            lastDay: day,
          }),
        ),
      }),
      errors: [],
      maxAge: 60,
    },
    listSlots: {
      method: 'GET',
      path: '/v1/appointments/{resource}/slots',
      who: anyone,
      summary: { id: 'Jam yang masih kosong', en: 'Hours that are still free' },
      params: z.strictObject({ resource: slug }),
      query: z.strictObject({ from: z.optional(day), days }),
      status: 200,
      response: z.object({
        days: z.array(
          z.object({
            date: day,
            /** No slot begins on it: a holiday, or closed by the unit. */
            closed: z.boolean(),
            slots: z.array(z.object({ at: z.string(), endsAt: instant, free: z.int() })),
          }),
        ),
      }),
      errors: ['invalidInput', 'unknownResource'],
      maxAge: 10,
      throttle: { rate: 100, burst: 200 },
    },

    bookMine: {
      method: 'POST',
      path: '/v1/me/appointments',
      who: citizen,
      summary: { id: 'Buat janji temu', en: 'Book a place' },
      body: z.strictObject({
        resource: slug,
        at: localTime,
        /** One's own application that it is about. */
        code: z.optional(caseCode),
      }),
      idempotent: true,
      status: 201,
      response: booking,
      errors: [...bookErrors, 'wrongCode', 'notFound', 'tooManyRequests'],
    },
    listMine: {
      method: 'GET',
      path: '/v1/me/appointments',
      who: citizen,
      summary: { id: 'Janji temu Anda', en: 'Your appointments' },
      status: 200,
      response: bookingList,
      errors: [],
    },
    moveMine: {
      method: 'POST',
      path: '/v1/me/appointments/{id}/move',
      who: citizen,
      summary: { id: 'Pindahkan janji temu ke jam lain', en: 'Move an appointment to another time' },
      params: z.strictObject({ id: bookingId }),
      body: z.strictObject({ at: localTime }),
      status: 200,
      response: booking,
      errors: moveErrors,
    },
    cancelMine: {
      method: 'DELETE',
      path: '/v1/me/appointments/{id}',
      who: citizen,
      summary: { id: 'Batalkan janji temu', en: 'Cancel an appointment' },
      params: z.strictObject({ id: bookingId }),
      status: 204,
      errors: cancelErrors,
    },

    bookForCase: {
      method: 'POST',
      path: '/v1/track/{code}/appointments',
      who: caseHolder,
      summary: { id: 'Buat janji temu untuk permohonan ini', en: 'Book a place for this application' },
      params: z.strictObject({ code: caseCode }),
      body: z.strictObject({ resource: slug, at: localTime }),
      idempotent: true,
      status: 201,
      response: booking,
      errors: [...bookErrors, ...ofCase, 'tooManyRequests'],
    },
    listForCase: {
      method: 'GET',
      path: '/v1/track/{code}/appointments',
      who: caseHolder,
      summary: { id: 'Janji temu permohonan ini', en: 'Appointments of this application' },
      params: z.strictObject({ code: caseCode }),
      status: 200,
      response: bookingList,
      errors: ofCase,
    },
    moveForCase: {
      method: 'POST',
      path: '/v1/track/{code}/appointments/{id}/move',
      who: caseHolder,
      summary: { id: 'Pindahkan janji temu permohonan ini', en: 'Move an appointment of this application' },
      params: z.strictObject({ code: caseCode, id: bookingId }),
      body: z.strictObject({ at: localTime }),
      status: 200,
      response: booking,
      errors: [...moveErrors, ...ofCase],
    },
    cancelForCase: {
      method: 'DELETE',
      path: '/v1/track/{code}/appointments/{id}',
      who: caseHolder,
      summary: { id: 'Batalkan janji temu permohonan ini', en: 'Cancel an appointment of this application' },
      params: z.strictObject({ code: caseCode, id: bookingId }),
      status: 204,
      errors: [...cancelErrors, ...ofCase],
    },

    bookAtCounter: {
      method: 'POST',
      path: '/v1/desk/appointments',
      who: counter,
      summary: { id: 'Buat janji temu untuk warga', en: 'Book a place for a citizen' },
      body: z.strictObject({
        resource: slug,
        at: localTime,
        code: z.optional(caseCode),
        /** Only to know them again; it is not kept. */
        phone: z.optional(phone),
      }),
      idempotent: true,
      status: 201,
      response: booking,
      errors: [...bookErrors, 'wrongCode', 'notFound', 'forbidden'],
    },
    listOfDay: {
      method: 'GET',
      path: '/v1/desk/appointments',
      who: counter,
      summary: { id: 'Janji temu dan antrean sehari', en: 'Appointments and queue of a day' },
      query: z.strictObject({ resource: slug, date: z.optional(day) }),
      status: 200,
      response: z.object({
        date: day,
        /** Numbers given so far, walk-ins among them. */
        queue: z.int(),
        appointments: z.array(z.omit(booking, { resource: true, name: true, place: true, endsAt: true })),
        /** Numbers of people who came without an appointment. */
        walkIns: z.array(z.int()),
      }),
      errors: ['invalidInput', 'unknownResource', 'forbidden'],
    },
    listAffected: {
      method: 'GET',
      path: '/v1/desk/appointments/affected',
      who: counter,
      summary: {
        id: 'Janji temu yang terkena perubahan jam atau hari libur',
        en: 'Appointments that changed hours or holidays hit',
      },
      query: z.strictObject({ resource: slug }),
      status: 200,
      response: z.object({
        appointments: z.array(
          z.object({
            id: z.string(),
            at: z.string(),
            code: z.nullable(z.string()),
            why: z.enum(['closedDay', 'otherHours', 'fewerPlaces']),
          }),
        ),
      }),
      errors: ['invalidInput', 'unknownResource', 'forbidden'],
    },
    actOnAppointment: {
      method: 'POST',
      path: '/v1/desk/appointments/{id}/actions/{action}',
      who: counter,
      summary: {
        id: 'Catat hadir atau tidak hadir; pindahkan; batalkan',
        en: 'Record arrival or absence; move; cancel',
      },
      params: z.strictObject({ id: bookingId, action: z.enum(['arrive', 'absent', 'move', 'cancel']) }),
      body: z.strictObject({
        resource: slug,
        /** The hour that it is booked for. */
        at: localTime,
        /** Where to move it. */
        to: z.optional(localTime),
      }),
      status: 200,
      response: z.object({
        id: z.string(),
        at: z.string(),
        state: z.enum(['booked', 'arrived', 'absent', 'cancelled']),
        queue: z.nullable(z.int()),
      }),
      errors: [...moveErrors, 'forbidden', 'notToday', 'notOverYet'],
    },
    drawNumber: {
      method: 'POST',
      path: '/v1/desk/queue-numbers',
      who: counter,
      summary: { id: 'Nomor antrean untuk yang datang langsung', en: 'A number for somebody who just came' },
      body: z.strictObject({ resource: slug }),
      idempotent: true,
      status: 201,
      response: z.object({ number: z.int(), date: day }),
      errors: [
        'invalidInput',
        'idempotencyKeyMissing',
        'unknownResource',
        'forbidden',
        'slotOnClosedDay',
        'busy',
      ],
    },
  },
});
