import type { Resource } from '../../city/appointments.ts';

/** Counters of a unit: slots of half an hour, ten at once, two weeks ahead, for anybody. */
export const loket = (more: Partial<Resource> = {}): Resource => ({
  id: 'loket',
  names: { id: 'Loket', en: 'Counter' },
  unit: 'pupr',
  place: { id: 'Lantai 1', en: 'Ground floor' },
  calendar: 'office',
  minutes: 30,
  capacity: 10,
  daysAhead: 14,
  notice: 0,
  closed: [],
  anybody: true,
  ...more,
});
