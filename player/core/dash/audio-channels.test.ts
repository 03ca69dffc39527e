/** Channels as the descriptors of MPEG and Dolby count them, at whatever level they stand. */
import { expect, test } from 'vitest';
import { onlyOne, read, rep, TEMPLATE } from './mpd-for-tests.ts';

const MPEG = 'urn:mpeg:dash:23003:3:audio_channel_configuration:2011';
const DOLBY = 'tag:dolby.com,2014:dash:audio_channel_configuration:2011';
const descriptor = (scheme: string, value: string) =>
  `<AudioChannelConfiguration schemeIdUri="${scheme}" value="${value}"/>`;
const audio = (inner: string) =>
  `<Period><AdaptationSet mimeType="audio/mp4">${inner}</AdaptationSet></Period>`;
const channelsIn = (inner: string) => onlyOne(read(audio(inner))).channels;
const told = (scheme: string, value: string) => channelsIn(TEMPLATE + rep('a', descriptor(scheme, value)));

test('MPEG tells a configuration, which is a number of channels only up to 5.1', () => {
  expect(['1', '2', '6', '7', '12'].map((value) => told(MPEG, value))).toEqual([1, 2, 6, 8, 8]);
  expect(told('urn:mpeg:mpegB:cicp:ChannelConfiguration', '6')).toBe(6);
});

test('Dolby tells a bit for each speaker or pair', () => {
  expect(told(DOLBY, 'F801')).toBe(6);
  expect(told(DOLBY, 'a000')).toBe(2);
  expect(told(DOLBY, '4000')).toBe(1);
  expect(told(DOLBY, 'FA01')).toBe(8);
});

test('what is said of a representation counts, else what is said of its set; nonsense is not known', () => {
  expect(channelsIn(descriptor(MPEG, '2') + TEMPLATE + rep('a'))).toBe(2);
  expect(channelsIn(descriptor(MPEG, '2') + TEMPLATE + rep('a', descriptor(MPEG, '6')))).toBe(6);
  expect(told(MPEG, 'many')).toBeUndefined();
  expect(told('urn:x', '2')).toBeUndefined();
  expect(channelsIn(TEMPLATE + rep('a'))).toBeUndefined();
});
