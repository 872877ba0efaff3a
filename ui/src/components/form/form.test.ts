import { describe, expect, it } from 'vitest';
import { dayAt, daysSince, isEdtf, withDay } from './edtf';
import { faultOf } from './faults';
import { matching } from './match';
import { type FieldSpec, readSchema } from './schema';

describe('readSchema', () => {
  it('reads fields in their order, with what they are chosen from', () => {
    const fields = readSchema({
      type: 'object', required: ['kind'], properties: {
        kind: { type: 'string', enum: ['event', 'deal'], 'x-form': 'choice' },
        topics: { type: 'array', items: { type: 'string' }, 'x-form': 'list', 'x-values': 'topics' },
        cover: { type: 'boolean', 'x-form': 'boolean', title: 'Title slide', default: true },
        odd: { 'x-form': 'something else' },
      },
    }, true);
    expect(fields.map((field) => [field.name, field.form, field.list])).toEqual([
      ['kind', 'choice', false], ['topics', 'list', true], ['cover', 'boolean', false], ['odd', 'text', false],
    ]);
    expect(fields[0]).toMatchObject({ label: 'Kind', required: true, choices: ['event', 'deal'] });
    expect(fields[1]?.values).toBe('topics');
    expect(fields[2]).toMatchObject({ label: 'Title slide', fallback: 'true' });
  });

  it('takes what is no schema for none', () => {
    for (const schema of [null, undefined, 'x', [], {}, { properties: [] }]) expect(readSchema(schema)).toEqual([]);
  });
});

describe('dates', () => {
  it('knows EDTF', () => {
    for (const date of ['2023', '2023-07', '2023-07-11', '2017/2022', '2021/..', '../2021', '2024-10~', '2024?']) expect(isEdtf(date), date).toBe(true);
    for (const date of ['2023-13', '11.7.2023', '23', '2023-7', 'late 2020']) expect(isEdtf(date), date).toBe(false);
  });

  it('replaces the side at the caret and keeps how sure it is', () => {
    expect(withDay('2023~', '2023-07-11', 0)).toBe('2023-07-11~');
    expect(withDay('2017/2022', '2018-01-02', 2)).toBe('2018-01-02/2022');
    expect(withDay('2017/..', '2018-01-02', 6)).toBe('2017/2018-01-02');
    expect(withDay('', '2018-01-02', 0)).toBe('2018-01-02');
    expect(dayAt('2017-03/2022', 9)).toEqual({ year: 2022, month: null, day: null });
    expect(dayAt('soon', 0)).toBeNull();
  });

  it('counts the days since a day', () => {
    expect(daysSince('2025-01-31', Date.parse('2025-02-03T09:00:00Z'))).toBe(3);
    expect(daysSince('2025-03', Date.parse('2026-01-01'))).toBe(0);
  });
});

describe('faultOf', () => {
  const spec = (form: FieldSpec['form'], choices: string[] = []): FieldSpec =>
    ({ name: 'x', label: 'X', form, list: false, choices, values: null, required: false, fallback: null });

  it('says what is wrong, and nothing of what is right or empty', () => {
    const right: [FieldSpec, string][] = [
      [spec('number'), '12.4'], [spec('number'), '1 000'], [spec('color'), '#1f3a5f'], [spec('color'), '#abc'], [spec('length'), '9.8pt'], [spec('length'), '20 mm'],
      [spec('boolean'), 'yes'], [spec('choice', ['low']), 'low'], [spec('marking'), 'TLP:RED'], [spec('number'), ''],
    ];
    for (const [field, value] of right) expect(faultOf(field, value, ['TLP:RED']), `${field.form} ${value}`).toBeNull();
    const wrong: [FieldSpec, string][] = [
      [spec('number'), 'many'], [spec('color'), 'blue'], [spec('length'), '3 feet'], [spec('boolean'), 'perhaps'], [spec('choice', ['low']), 'lowish'], [spec('marking'), 'TLP:BLUE'],
    ];
    for (const [field, value] of wrong) expect(faultOf(field, value, ['TLP:RED']), `${field.form} ${value}`).toBeTruthy();
  });
});

describe('matching', () => {
  const options = ['cyber-defence', 'defence-industry', 'frameworks', '방위산업'].map((value) => ({ value, label: value }));

  it('prefers beginnings, then words, then what stands inside, then letters in order', () => {
    expect(matching(options, 'def').map(({ value }) => value)).toEqual(['defence-industry', 'cyber-defence']);
    expect(matching(options, '산업').map(({ value }) => value)).toEqual(['방위산업']);
    expect(matching(options, 'fmw').map(({ value }) => value)).toEqual(['frameworks']);
    expect(matching(options, '')).toHaveLength(4);
    expect(matching(options, 'zz')).toEqual([]);
  });
});
