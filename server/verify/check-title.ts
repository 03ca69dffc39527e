/** `title.json` beside an MPD: that it tells the truth about files and representations, and that nothing else lies there. */
import { readTitle } from '../library/read-title.ts';
import {
  CONTENT_CODINGS,
  type EncodedFile,
  encodedName,
  TITLE_FILE,
  type Title,
  type TitleRepresentation,
} from '../library/title.ts';
import type { Claim, Claims } from './claims.ts';
import type { FolderReader } from './folder-reader.ts';
import { parsed, understood } from './understood.ts';
import { faultOf } from './unreadable.ts';
import { type Comparison, compare, type Fault, type Finding } from './verdict.ts';

export interface TitleFindings {
  readonly isTitle: boolean;
  readonly findings: readonly Finding[];
}

/** Nothing is found where there is no `title.json`: the MPD is then not one of ours. @throws the signal's reason. */
export async function checkTitle(
  claims: Claims,
  reader: FolderReader,
  options: { readonly signal: AbortSignal; readonly isFull?: boolean },
): Promise<TitleFindings> {
  const size = await reader.sizeOf(TITLE_FILE);
  if (size === undefined) return { isTitle: false, findings: [] };
  try {
    const bytes = await reader.read(TITLE_FILE, 0, size);
    const title = understood(() => readTitle(parsed(bytes)));
    const listed = listedFiles(title);
    const findings = [
      await checkFiles(listed, reader),
      ...(options.isFull ? [await checkDigests(listed, reader, options.signal)] : []),
      ...checkRepresentations(title, claims),
      compare('times', {}, [durationComparison(title, claims)]),
    ];
    return { isTitle: true, findings };
  } catch (error) {
    const fault = faultOf(error, 'files', { file: TITLE_FILE });
    return { isTitle: true, findings: [{ check: 'files', looked: 1, faults: [fault] }] };
  }
}

type Listed = ReadonlyMap<string, EncodedFile>;

/** Everything that lies there by right: files, their compressed forms, and those of former versions. */
function listedFiles({ files, former = [] }: Title): Listed {
  const all = [files, ...former.map((each) => each.files)].flatMap((each) => Object.entries(each));
  return new Map(
    all.flatMap(([name, file]): [string, EncodedFile][] => [
      [name, file],
      ...CONTENT_CODINGS.flatMap((coding): [string, EncodedFile][] => {
        const encoded = file.encoded?.[coding];
        return encoded ? [[encodedName(name, coding), encoded]] : [];
      }),
    ]),
  );
}

async function checkFiles(listed: Listed, reader: FolderReader): Promise<Finding> {
  const faults: Fault[] = [];
  for (const [file, { bytes }] of listed) {
    const size = await reader.sizeOf(file);
    if (size === bytes) continue;
    const sentence =
      size === undefined
        ? 'title.json lists it, but it is not there.'
        : `title.json says ${bytes} bytes, it has ${size}.`;
    faults.push({ check: 'files', file, sentence });
  }
  const strays = (await reader.names()).filter((name) => name !== TITLE_FILE && !listed.has(name));
  const sentence = 'It lies in the folder, but title.json does not list it.';
  faults.push(...strays.map((file): Fault => ({ check: 'files', file, sentence })));
  return { check: 'files', looked: listed.size, faults };
}

async function checkDigests(listed: Listed, reader: FolderReader, signal: AbortSignal): Promise<Finding> {
  const faults: Fault[] = [];
  for (const [file, { bytes, sha256 }] of listed) {
    if ((await reader.sizeOf(file)) !== bytes) continue;
    const digest = await reader.digestOf({ file, first: 0, end: bytes }, signal);
    if (digest === sha256) continue;
    const sentence = `Its SHA-256 begins with ${digest.slice(0, 8)}, title.json says ${sha256.slice(0, 8)}.`;
    faults.push({ check: 'digests', file, sentence });
  }
  return { check: 'digests', looked: listed.size, faults };
}

function checkRepresentations({ representations }: Title, { periods }: Claims): Finding[] {
  const claims = periods.flatMap(({ sets }) => sets.flatMap((set) => set.representations));
  return representations.map((listed) => {
    const claim = claims.find(({ id }) => id === listed.id);
    const owner = claim ? { representation: claim.id } : {};
    return compare(
      'format',
      owner,
      claim
        ? representationComparisons(listed, claim)
        : [[false, `title.json lists "${listed.id}", the MPD does not.`]],
    );
  });
}

function representationComparisons(listed: TitleRepresentation, { representation }: Claim): Comparison[] {
  const names = ['codecs', 'bandwidth', 'width', 'height'] as const;
  return names
    .filter((name) => listed[name] !== undefined)
    .map((name) => [
      listed[name] === representation[name],
      `title.json has ${name} ${listed[name]}, the MPD ${representation[name]}.`,
    ]);
}

/** An MPD's durations are rounded to the microsecond. */
function durationComparison(title: Title, { presentation }: Claims): Comparison {
  const isSame = Math.abs(title.duration - presentation.duration) < 2e-6;
  return [isSame, `title.json says ${title.duration} s, the MPD ${presentation.duration} s.`];
}
