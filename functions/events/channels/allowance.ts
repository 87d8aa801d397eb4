import type { Table } from '../../kernel/table.ts';
import { type Clock, toSeconds } from '../../kernel/time.ts';
import type { SmsAllowance } from './sms.ts';

/** A month's count is of no use after this; seconds. */
const kept = 92 * 86_400;

/** The month's SMS, counted in one conditional update each: two at once cannot both take the last one. */
export const smsAllowance =
  (table: Pick<Table, 'update'>, perMonth: number, now: Clock): SmsAllowance =>
  async () => {
    const at = now();
    const { done } = await table.update(
      { pk: 'QUOTA#sms', sk: `W#${at.slice(0, 7)}` },
      {
        UpdateExpression: 'SET expires = :end ADD used :one',
        ConditionExpression: 'attribute_not_exists(used) OR used < :limit',
        values: { ':end': toSeconds(at) + kept, ':one': 1, ':limit': perMonth },
      },
    );
    return done;
  };
