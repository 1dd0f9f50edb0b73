import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDate } from '../../../src/clients/node/date';
import { createInspector } from '../../../src/clients/node/inspect';

const now = Date.UTC(2024, 1, 29, 12, 30, 15, 250);
const VirtualDate = createDate(() => now + 0.75);

for (const zone of ['America/New_York', 'Asia/Kathmandu', 'UTC']) {
  describe(`Date on a host in ${zone}`, () => {
    const before = process.env['TZ'];
    beforeEach(() => {
      process.env['TZ'] = zone;
    });
    afterEach(() => {
      process.env['TZ'] = before ?? '';
    });

    it('is now in virtual time, in whole milliseconds', () => {
      expect([new VirtualDate().getTime(), VirtualDate.now(), VirtualDate().slice(0, 24)]).toEqual([
        now,
        now,
        'Thu Feb 29 2024 12:30:15',
      ]);
    });

    it('keeps local time as UTC', () => {
      const date = new VirtualDate(2024, 2, 10, 2, 30);
      expect(date.toISOString()).toBe('2024-03-10T02:30:00.000Z');
      expect([date.getHours(), date.getDay(), date.getTimezoneOffset(), date.getFullYear()]).toEqual([2, 0, 0, 2024]);
      date.setHours(25, 1);
      date.setMonth(0);
      expect(date.toISOString()).toBe('2024-01-11T01:01:00.000Z');
      expect(new VirtualDate(99, 0).getFullYear()).toBe(1999);
    });

    it('reads text without a zone as UTC and text with one as it says', () => {
      const times: [string, string][] = [
        ['2024-03-10', '2024-03-10T00:00:00.000Z'],
        ['2024-03-10T10:00', '2024-03-10T10:00:00.000Z'],
        ['2024-03-10T10:00:00.5', '2024-03-10T10:00:00.500Z'],
        ['2024-03-10T10:00:00Z', '2024-03-10T10:00:00.000Z'],
        ['2024-03-10T10:00:00+02:00', '2024-03-10T08:00:00.000Z'],
        ['2024-03-10 10:00', '2024-03-10T10:00:00.000Z'],
        ['2024/03/10', '2024-03-10T00:00:00.000Z'],
        ['Mar 10, 2024 10:00', '2024-03-10T10:00:00.000Z'],
        ['Sun, 10 Mar 2024 10:00:00 GMT', '2024-03-10T10:00:00.000Z'],
        ['Sun Mar 10 2024 10:00:00 GMT+0200 (Somewhere)', '2024-03-10T08:00:00.000Z'],
      ];
      for (const [text, iso] of times) {
        expect([text, new VirtualDate(text).toISOString()]).toEqual([text, iso]);
        expect(VirtualDate.parse(text)).toBe(Date.parse(iso));
      }
      expect(VirtualDate.parse('someday')).toBeNaN();
    });

    it('writes itself in UTC and American English', () => {
      const date = new VirtualDate(now);
      expect(String(date)).toBe('Thu Feb 29 2024 12:30:15 GMT+0000 (Coordinated Universal Time)');
      expect(`${date.toDateString()} | ${date.toTimeString()}`).toBe(
        'Thu Feb 29 2024 | 12:30:15 GMT+0000 (Coordinated Universal Time)',
      );
      expect(date.toLocaleString().replace('\u202f', ' ')).toBe('2/29/2024, 12:30:15 PM');
      expect(date.toLocaleDateString('en-GB')).toBe('29/02/2024');
      expect(date.toLocaleTimeString('en-GB', { timeZone: 'Europe/Kyiv' })).toBe('14:30:15');
    });
  });
}

describe('Date', () => {
  it('is what instanceof, printing and JSON take for a date', () => {
    const date = new VirtualDate(0);
    expect([date instanceof VirtualDate, date instanceof Date, new Date(0) instanceof VirtualDate]).toEqual([
      true,
      true,
      true,
    ]);
    expect(createInspector().inspect([date, new VirtualDate(NaN)])).toBe('[ 1970-01-01T00:00:00.000Z, Invalid Date ]');
    expect(createInspector().inspect(VirtualDate)).toBe('[Function: Date]');
    expect(JSON.stringify({ date })).toBe('{"date":"1970-01-01T00:00:00.000Z"}');
    expect(Object.prototype.toString.call(date)).toBe('[object Date]');
  });

  it('can be extended and copied', () => {
    class Day extends VirtualDate {
      next() {
        return new Day(this.getTime() + 86_400_000);
      }
    }
    expect(createInspector().inspect(new Day(0).next())).toBe('Day 1970-01-02T00:00:00.000Z');
    expect(new Date() instanceof Day).toBe(false);
    expect(new VirtualDate(new VirtualDate(5)).getTime()).toBe(5);
    expect(Number(new VirtualDate(7)) + Number(new VirtualDate({ valueOf: () => 8 } as never))).toBe(15);
  });

  it('converts as a number and as text', () => {
    expect(+new VirtualDate(5)).toBe(5);
    expect(String(new VirtualDate(0))).toBe('Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)');
    expect(() => new VirtualDate(NaN).toISOString()).toThrow(RangeError);
  });
});
