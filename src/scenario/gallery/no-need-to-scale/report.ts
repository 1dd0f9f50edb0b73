import { sleep } from 'eventarium';

/** Takes 200 ms, and is asked for fifteen times a minute. */
export async function makeReport(id: number) {
  await sleep(200);
  return `Звіт ${id}`;
}
