import { announcementProblems } from './announcement-problems.ts';
import { applicationProblems } from './application-problems.ts';
import { appointmentProblems } from './appointment-problems.ts';
import { commonProblems, type ErrorCode, type Problems } from './errors.ts';
import { informationProblems } from './information-problems.ts';
import { paperProblems } from './paper-problems.ts';
import { productProblems } from './product-problems.ts';
import { reportProblems } from './report-problems.ts';
import { serviceProblems } from './service-problems.ts';
import { staffProblems } from './staff-problems.ts';

/** The tables of single areas; a contract names those that its function refuses with. */
export const areaProblems: readonly Problems[] = [
  announcementProblems,
  applicationProblems,
  appointmentProblems,
  informationProblems,
  paperProblems,
  productProblems,
  staffProblems,
  reportProblems,
  serviceProblems,
];

/** Every problem of the API: what its documentation explains. */
export const allProblems: Problems = Object.assign({}, commonProblems, ...areaProblems);

export const errorCodes = Object.keys(allProblems) as readonly ErrorCode[];
