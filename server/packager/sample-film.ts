/**
 * Draws a small film out of nothing but ffmpeg's own filters, so that a new library has something to show: a day passes
 * over hills and water. Sun, hills, water, clock and the bar at the bottom all move, so nobody wonders whether it plays.
 */
import { runTool, type Tools, toolsFrom } from './tools.ts';

const SECONDS = 24;
const RATE = 24;

/** One still, computed and converted once, and then only moved: that is what makes the film cheap. */
function drawing(size: string, colours: string): string {
  return `color=black:s=${size}:r=${RATE}:d=0.04,format=rgba,geq=${colours},format=yuva420p,loop=-1:1`;
}

/** Taller than the picture, which wanders over it from night to evening. */
const SKY =
  `color=black:s=16x2160:r=${RATE}:d=0.04,format=gbrp,` +
  "geq=r='lerp(20,250,pow(Y/2160,1.5))':g='lerp(40,170,Y/2160)+40*sin(Y/2160*PI)'" +
  ":b='lerp(110,90,Y/2160)+110*sin(Y/2160*PI)',scale=1280:2160,setsar=1,format=yuv420p,loop=-1:1";

/** Twice as wide as the picture and of a period of 1280, so that it can pass by without end. */
const STRIP = '2560x260';

const FAR_HILLS = '90+50*sin(2*PI*X/1280)+25*sin(2*PI*3*X/1280+1)';
const NEAR_HILLS = '80+40*sin(2*PI*2*X/1280+2)+18*sin(2*PI*5*X/1280)';
const WAVES = '(sin(2*PI*4*X/1280+Y/9)+sin(2*PI*7*X/1280-Y/14)/2)';

/** A ring with a tick for each of 12 seconds. */
const CLOCK_FACE = `if(between(hypot(X-90,Y-90),78,86),230,
  if(lt(hypot(X-90,Y-90),78),
    if(gt(hypot(X-90,Y-90),66)*lt(abs(mod(atan2(Y-90,X-90)+PI/12,PI/6)-PI/12)*72,2.5),230,60),0))`;

const PICTURE = [
  `${SKY},crop=1280:720:0:'60*t'[sky]`,
  `${drawing('220x220', "r=255:g=236:b=170:a='255*clip((110-hypot(X-110,Y-110))/30,0,1)'")}[sun]`,
  `${drawing(STRIP, `r=70:g=110:b=120:a='255*gt(Y,${FAR_HILLS})'`)}[far]`,
  `${drawing(STRIP, `r=38:g=84:b=66:a='255*gt(Y,${NEAR_HILLS})'`)}[near]`,
  `${drawing('2560x150', `r='36+10*${WAVES}':g='96+18*${WAVES}':b='140+22*${WAVES}':a=255`)}[water]`,
  `${drawing('180x180', `r=255:g=255:b=255:a='${CLOCK_FACE}'`)}[face]`,
  `${drawing('180x180', "r=20:g=30:b=50:a='255*lt(abs(X-90),4)*between(Y,22,100)'")},rotate='2*PI*t/12':c=black@0[hand]`,
  `color=white:s=1280x8:r=${RATE}:d=0.04,loop=-1:1[bar]`,
  `[sky][sun]overlay=x='-220+1500*t/${SECONDS}':y='330-1.2*t*(${SECONDS}-t)'[day]`,
  "[day][far]overlay=x='-mod(36*t,1280)':y=400[land]",
  "[land][near]overlay=x='-mod(110*t,1280)':y=460[shore]",
  "[shore][water]overlay=x='-1280+mod(200*t,1280)':y=572[river]",
  '[river][face]overlay=1070:30[clock]',
  '[clock][hand]overlay=1070:30[time]',
  `[time][bar]overlay=x='-1280+1280*t/${SECONDS}':y=712,trim=end=${SECONDS},format=yuv420p[v]`,
].join(';');

/** A broken chord, two notes a second; on the right it follows a quarter of a second behind, as over water. */
function notes(time: string): string {
  const chord = [0, 4, 7, 12, 16, 12, 7, 4].map((semitones, i) => `${semitones}*eq(ld(0),${i})`).join('+');
  const pitch = `220*pow(2,(${chord}-5*mod(floor(${time}/4),2))/12)`;
  const swell = `(1-exp(-150*mod(${time},0.5)))*exp(-5*mod(${time},0.5))`;
  return `st(0,mod(floor(2*${time}),8))*0+0.25*sin(2*PI*${pitch}*${time})*${swell}`;
}

const SOUND = `aevalsrc=exprs='${notes('t')}|0.8*(${notes('max(0,t-0.25)')})':s=48000:d=${SECONDS}`;

/**
 * Writes an MP4 of 24 s, 1280×720 at 24 frames a second, with stereo sound.
 * @throws ToolError when ffmpeg fails; the signal's reason when aborted.
 */
export async function makeSampleFilm(
  path: string,
  { signal, tools = toolsFrom(process.env) }: { signal: AbortSignal; tools?: Tools },
): Promise<void> {
  const args = [
    ...['-nostdin', '-hide_banner', '-v', 'error', '-y', '-f', 'lavfi', '-i', SOUND],
    ...['-filter_complex', PICTURE, '-map', '[v]', '-map', '0:a', '-t', `${SECONDS}`],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '18', '-g', `${2 * RATE}`],
    ...['-c:a', 'aac', '-b:a', '160k', '-f', 'mp4', path],
  ];
  await runTool(tools.ffmpeg, args, { signal });
}
