import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

const shm = '/dev/shm';
const prefix = 'lapau-';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/**
 * A directory in memory for a database that must have a file (only a file can be given the index that the engine
 * lacks). Those of instances that were killed are removed.
 * @returns undefined where the machine has no such place, or too little of it
 */
export const memoryDir = (): string | undefined => {
  if (!existsSync(shm)) return undefined;
  try {
    for (const name of readdirSync(shm)) {
      const pid = /^lapau-(\d+)-/.exec(name)?.[1];
      if (pid !== undefined && !isAlive(Number(pid)))
        rmSync(join(shm, name), { recursive: true, force: true });
    }
    const { bavail, bsize } = statfsSync(shm);
    return bavail * bsize < 256 * 1024 * 1024
      ? undefined
      : mkdtempSync(join(shm, `${prefix}${process.pid}-`));
  } catch {
    return undefined;
  }
};
