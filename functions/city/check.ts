import { checkAppointments } from './checks/appointments.ts';
import { checkClocks } from './checks/clocks.ts';
import { checkAnswers, checkDuty } from './checks/desk.ts';
import { checkLadder } from './checks/ladder.ts';
import { checkAreas, checkBoundaries, checkCalendars, checkProfile } from './checks/places.ts';
import { checkPpid } from './checks/ppid.ts';
import { checkCategories, checkRouting } from './checks/rules.ts';
import { checkSendings } from './checks/sendings.ts';
import { checkApps, checkServices } from './checks/services.ts';
import { checkStandards } from './checks/standards.ts';
import { checkTopics } from './checks/topics.ts';
import { checkOutside, checkSubstitutes, checkUnits } from './checks/units.ts';
import type { Problem } from './problem.ts';
import type { SettingBodies } from './schema.ts';

const checks = [
  checkProfile,
  checkCalendars,
  checkAreas,
  checkUnits,
  checkOutside,
  checkCategories,
  checkRouting,
  checkClocks,
  checkSubstitutes,
  checkLadder,
  checkBoundaries,
  checkAnswers,
  checkDuty,
  checkServices,
  checkStandards,
  checkApps,
  checkTopics,
  checkSendings,
  checkPpid,
  checkAppointments,
] as const;

/**
 * What the settings say about each other: every name that one uses is known to the other, every category has a unit
 * and its clocks, no circle. Pure. A draft is checked by handing it in among the active settings; a kind that is
 * absent is not compared with.
 * @param bodies parsed settings
 */
export const check = (bodies: SettingBodies): Problem[] => checks.flatMap((one) => one(bodies));
