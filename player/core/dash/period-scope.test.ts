import { expect, test } from 'vitest';
import { createPeriodScope } from './period-scope.ts';
import { readXml } from './xml.ts';

test('what many inherit is read once for each element and key', () => {
  const { lists } = createPeriodScope({ start: 0, end: 1 }, []);
  const [one, other] = [readXml('<SegmentList/>'), readXml('<SegmentList/>')];
  const read: string[] = [];
  const reading = (name: string) => () => {
    read.push(name);
    return [{ media: name }];
  };
  expect(lists(one, 'a', reading('one a'))).toEqual([{ media: 'one a' }]);
  expect(lists(one, 'a', reading('again'))).toEqual([{ media: 'one a' }]);
  lists(one, 'b', reading('one b'));
  lists(other, 'a', reading('other a'));
  expect(read).toEqual(['one a', 'one b', 'other a']);
});
