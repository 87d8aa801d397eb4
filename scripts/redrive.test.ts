import { expect, test } from 'vitest';
import { redrive } from './redrive.ts';

const counts = {
  ...{ cases: 2, republished: 1, projected: 0, indexed: 0, copied: 0, archiveAsked: 0, orphans: 0 },
  ...{ unreachable: 0, failed: 0 },
};
const at = (pk: string) => ({ pk, sk: 'CASE' });

test('goes on where the last stretch ended and adds up', async () => {
  const asked: object[] = [];
  const nexts = [at('C#A'), at('C#B'), null];
  const total = await redrive(
    async (payload) => {
      asked.push(payload);
      return { ...counts, next: nexts[asked.length - 1] };
    },
    { dry: true, since: undefined },
  );
  expect(total).toMatchObject({ cases: 6, republished: 3 });
  expect(asked).toEqual(
    [null, at('C#A'), at('C#B')].map((from) => ({ redrive: true, from, dry: true, since: undefined })),
  );
});

test('a walk that stands still stops, saying so', async () => {
  const still = async () => ({ ...counts, next: at('C#A') });
  await expect(redrive(still, { dry: false, since: undefined })).rejects.toThrow('tidak maju');
});
