/** What a session was like for its viewer, in the numbers that papers and dashboards use (CTA-2066 names where it has them). */
import type { SessionEvent } from './event.ts';

export interface SessionSummary {
  /** Seconds from load to the first frame; undefined when none was shown. */
  readonly startup: number | undefined;
  readonly stalls: number;
  readonly stallSeconds: number;
  /** Bits per second of the video appended, weighted by its seconds; undefined without video. */
  readonly meanBandwidth: number | undefined;
  /** Changes of the video representation on the screen. */
  readonly switches: number;
  readonly seeks: number;
  /** Bytes of all responses, also of those given up. */
  readonly bytes: number;
  /** Bytes of requests that ended without their segment being used. */
  readonly wastedBytes: number;
  /** Message of the error that ended it. */
  readonly error: string | undefined;
  readonly ended: boolean;
}

type EventOf<T extends SessionEvent['type']> = Extract<SessionEvent, { type: T }>;

export function summarize(events: readonly SessionEvent[]): SessionSummary {
  const of = <T extends SessionEvent['type']>(type: T) =>
    events.filter((event): event is EventOf<T> => event.type === type);
  const requests = of('request');
  const firstFrame = of('first-frame')[0]?.at;
  const load = of('load')[0]?.at ?? 0;
  return {
    startup: firstFrame === undefined ? undefined : firstFrame - load,
    stalls: of('stall').length,
    stallSeconds: stalledSeconds(events),
    meanBandwidth: meanBandwidth(of('append'), of('choice')),
    switches: Math.max(0, of('shown').filter((event) => event.kind === 'video').length - 1),
    seeks: of('seek').length,
    bytes: sum(requests, (request) => request.bytes),
    wastedBytes: sum(requests, (request) => (request.outcome === 'done' ? 0 : request.bytes)),
    error: of('error')[0]?.message,
    ended: of('state').at(-1)?.state === 'ended',
  };
}

/** A stall that goes on counts up to the last event. */
function stalledSeconds(events: readonly SessionEvent[]): number {
  let since: number | undefined;
  let seconds = 0;
  for (const event of events) {
    if (event.type === 'stall') since = event.at;
    if (event.type !== 'resume' || since === undefined) continue;
    seconds += event.at - since;
    since = undefined;
  }
  return since === undefined ? seconds : seconds + ((events.at(-1)?.at ?? since) - since);
}

function meanBandwidth(
  appends: readonly EventOf<'append'>[],
  choices: readonly EventOf<'choice'>[],
): number | undefined {
  const bandwidths = new Map(choices.map((choice) => [choice.representation, choice.bandwidth]));
  const video = appends.filter((append) => append.kind === 'video');
  const seconds = sum(video, (append) => append.end - append.start);
  if (seconds === 0) return undefined;
  const weighted = sum(
    video,
    (append) => (bandwidths.get(append.representation) ?? 0) * (append.end - append.start),
  );
  return weighted / seconds;
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
