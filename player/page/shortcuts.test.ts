// What each key does, and when it is left alone.
import { expect, test } from 'vitest';
import {
  type Action,
  actionOf,
  type Focus,
  isSingleCharacter,
  type KeyPress,
  SHORTCUTS,
} from './shortcuts.ts';

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return {
    key,
    code: '',
    shiftKey: false,
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    isComposing: false,
    ...more,
  };
}

const shift = { shiftKey: true };

test.each<[string, KeyPress, Action]>([
  ['Space', press(' '), { type: 'toggle-play' }],
  ['k', press('k'), { type: 'toggle-play' }],
  ['K under Caps Lock', press('K'), { type: 'toggle-play' }],
  ['the k key of a Russian keyboard', press('л', { code: 'KeyK' }), { type: 'toggle-play' }],
  ['←', press('ArrowLeft'), { type: 'seek-by', seconds: -5 }],
  ['→', press('ArrowRight'), { type: 'seek-by', seconds: 5 }],
  ['Shift+←', press('ArrowLeft', shift), { type: 'seek-by', seconds: -60 }],
  ['Shift+→', press('ArrowRight', shift), { type: 'seek-by', seconds: 60 }],
  ['j', press('j'), { type: 'seek-by', seconds: -10 }],
  ['l', press('l'), { type: 'seek-by', seconds: 10 }],
  ['Home', press('Home'), { type: 'seek-to', fraction: 0 }],
  ['End', press('End'), { type: 'seek-to', fraction: 1 }],
  ['0', press('0'), { type: 'seek-to', fraction: 0 }],
  ['9', press('9'), { type: 'seek-to', fraction: 0.9 }],
  ['5 of a French keyboard', press('5', shift), { type: 'seek-to', fraction: 0.5 }],
  ['↑', press('ArrowUp'), { type: 'volume-by', fraction: 0.05 }],
  ['↓', press('ArrowDown'), { type: 'volume-by', fraction: -0.05 }],
  ['m', press('m'), { type: 'toggle-mute' }],
  ['f', press('f'), { type: 'toggle-fullscreen' }],
  ['c', press('c'), { type: 'toggle-captions' }],
  ['> of an American keyboard', press('>', shift), { type: 'rate-by', difference: 0.25 }],
  ['< of a German keyboard', press('<'), { type: 'rate-by', difference: -0.25 }],
  ['Backspace', press('Backspace'), { type: 'normal-rate' }],
])('%s', (_name, key, action) => {
  expect(actionOf(key, 'film')).toEqual(action);
});

test('a key that is in no table is left alone', () => {
  for (const key of ['x', 'Tab', 'Escape', 'Enter', 'F5', 'é', 'л']) {
    expect(actionOf(press(key), 'film')).toBeUndefined();
  }
});

test('keys with Ctrl, Alt or Meta, and keys of an input method, belong to others', () => {
  for (const modifier of ['ctrlKey', 'altKey', 'metaKey', 'isComposing']) {
    expect(actionOf(press('k', { [modifier]: true }), 'film')).toBeUndefined();
  }
});

test('Shift with a letter is another key', () => {
  expect(actionOf(press('K', shift), 'film')).toBeUndefined();
});

test('all keys are left to menus, dialogs, fields and links', () => {
  for (const { keys } of SHORTCUTS) {
    for (const key of keys) expect(actionOf(press(key), 'other')).toBeUndefined();
  }
});

test.each<[Focus, string[], string[]]>([
  ['button', [' ', 'Enter'], ['k', 'ArrowLeft', 'm']],
  ['slider', ['ArrowUp', 'ArrowLeft', 'Home', 'PageUp'], [' ', 'k', '5']],
])('a focused %s keeps its own keys and leaves the others', (focus, own, ours) => {
  for (const key of own) expect(actionOf(press(key), focus)).toBeUndefined();
  for (const key of ours) expect(actionOf(press(key), focus)).toBeDefined();
});

test('on the seek bar, arrows step 5 s and pages 60 s', () => {
  expect(actionOf(press('ArrowUp'), 'seek-bar')).toEqual({ type: 'seek-by', seconds: 5 });
  expect(actionOf(press('ArrowDown'), 'seek-bar')).toEqual({ type: 'seek-by', seconds: -5 });
  expect(actionOf(press('PageUp'), 'seek-bar')).toEqual({ type: 'seek-by', seconds: 60 });
  expect(actionOf(press('PageDown'), 'seek-bar')).toEqual({ type: 'seek-by', seconds: -60 });
  expect(actionOf(press('End'), 'seek-bar')).toEqual({ type: 'seek-to', fraction: 1 });
});

test('no two shortcuts want the same key', () => {
  const wanted = SHORTCUTS.flatMap(({ keys, shift: shifted }) =>
    keys.map((key) => `${shifted ?? false} ${key}`),
  );
  expect(new Set(wanted).size).toBe(wanted.length);
});

test('letters, signs and digits can be switched off; named keys and Space cannot', () => {
  expect(['k', '>', '5'].map((key) => isSingleCharacter(press(key)))).toEqual([true, true, true]);
  expect([' ', 'ArrowLeft', 'Home'].map((key) => isSingleCharacter(press(key)))).toEqual([
    false,
    false,
    false,
  ]);
});
