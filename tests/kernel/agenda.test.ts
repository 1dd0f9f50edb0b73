import { expect, it } from 'vitest';
import { Agenda } from '../../src/kernel/agenda';

it('keeps instants whole microseconds, however they were added up', () => {
  const agenda = new Agenda();
  const instants: number[] = [];
  const again = (): void => {
    instants.push(agenda.nowMs);
    if (instants.length < 1_000) agenda.schedule(agenda.nowMs + 4.16, again);
  };
  agenda.schedule(0, again);
  for (let task = agenda.take(); task; task = agenda.take()) task.run();
  expect(instants).toHaveLength(1_000);
  expect(instants).toEqual(instants.map((_, index) => Number((index * 4.16).toFixed(3))));
});

it('runs what rounding brings to one instant in the order of scheduling', () => {
  const agenda = new Agenda();
  const ran: string[] = [];
  agenda.schedule(0.3, () => ran.push('first'));
  agenda.schedule(0.1 + 0.2, () => ran.push('second'));
  agenda.schedule(0.3, () => ran.push('third'));
  for (let task = agenda.take(); task; task = agenda.take()) task.run();
  expect(ran).toEqual(['first', 'second', 'third']);
});
