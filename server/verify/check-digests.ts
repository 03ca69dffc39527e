/** `digests.json` beside the media: that it lists every segment with its size, and with the hash of its bytes when all are read. */
import { count, elements, member, type Place, text } from '../library/json-place.ts';
import type { FolderReader, Stretch } from './folder-reader.ts';
import type { ReadMedia } from './read-media.ts';
import { parsed, understood } from './understood.ts';
import { faultOf } from './unreadable.ts';
import type { Fault, Finding } from './verdict.ts';

interface DigestOptions {
  readonly signal: AbortSignal;
  readonly isFull?: boolean;
}

/** What is listed: of one file its stretches, of a folder its files, the head in front. */
interface Listed {
  readonly bytes: number;
  readonly digest: string;
}

const FILE = 'digests.json';

/** Nothing is found where there is none. @throws the signal's reason. */
export async function checkDigests(
  media: readonly ReadMedia[],
  reader: FolderReader,
  options: DigestOptions,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  // All representations of a version are in one file.
  const roots = new Map<string, Place>();
  for (const each of media) {
    const file = beside(each);
    const size = await reader.sizeOf(file);
    if (size === undefined) continue;
    const owner = { check: 'digests' as const, representation: each.claim.id };
    try {
      const root = roots.get(file) ?? (await readRoot(file, size, reader));
      roots.set(file, root);
      const listed = understood(() => listedIn(root, each.claim.id));
      const faults = await faultsIn(partsOf(each), listed, { reader, ...options });
      findings.push({
        ...owner,
        looked: listed.length,
        faults: faults.map((fault) => ({ ...owner, ...fault })),
      });
    } catch (error) {
      options.signal.throwIfAborted();
      findings.push({ ...owner, looked: 1, faults: [faultOf(error, 'digests', { ...owner, file })] });
    }
  }
  return findings;
}

/** Media lie in the version's folder, or one deeper. */
function beside({ segments: [first] }: ReadMedia): string {
  const [version = ''] = first?.facts.file.split('/') ?? [];
  return `${version}/${FILE}`;
}

async function readRoot(file: string, bytes: number, reader: FolderReader): Promise<Place> {
  const content = await reader.read(file, 0, bytes);
  return understood(() => ({ value: parsed(content), path: '$' }));
}

function listedIn(root: Place, id: string): Listed[] {
  const place = member(member(root, 'representations'), id);
  return [member(place, 'head'), ...elements(member(place, 'segments'))].map(readOne);
}

function readOne(place: Place): Listed {
  const [bytes, digest] = elements(place);
  if (!bytes || !digest) throw new Error(`${place.path} is no pair of size and digest.`);
  return { bytes: count(bytes), digest: text(digest) };
}

interface Part {
  /** 0 for what comes before the first segment. */
  readonly number: number;
  readonly stretch: Stretch;
}

/** In one file the head is all in front of the first segment, else it is the initialization. */
function partsOf({ initialization, segments }: ReadMedia): Part[] {
  const first = segments[0]?.facts;
  const isOneFile = first?.file === initialization.file;
  const head = isOneFile ? { file: first.file, first: 0, end: first.first } : initialization;
  return [
    { number: 0, stretch: head },
    ...segments.map(({ number, facts: { file, first, end } }) => ({ number, stretch: { file, first, end } })),
  ];
}

async function faultsIn(
  parts: readonly Part[],
  listed: readonly Listed[],
  { reader, isFull = false, signal }: DigestOptions & { readonly reader: FolderReader },
): Promise<Omit<Fault, 'check'>[]> {
  const faults: Omit<Fault, 'check'>[] = [];
  if (listed.length !== parts.length)
    faults.push({
      file: FILE,
      sentence: `It lists ${listed.length - 1} segments, there are ${parts.length - 1}.`,
    });
  for (const { number, stretch } of parts) {
    const said = listed[number];
    if (!said) continue;
    const sentence = await sentenceOn(stretch, said, { reader, isFull, signal });
    const place = { file: stretch.file, byte: stretch.first, ...(number > 0 ? { segment: number } : {}) };
    if (sentence) faults.push({ ...place, sentence });
  }
  return faults;
}

async function sentenceOn(
  stretch: Stretch,
  { bytes, digest }: Listed,
  { reader, isFull, signal }: { reader: FolderReader; isFull: boolean; signal: AbortSignal },
): Promise<string | undefined> {
  const held = stretch.end - stretch.first;
  if (bytes !== held) return `${FILE} says ${bytes} bytes, it has ${held}.`;
  if (!isFull) return undefined;
  const real = await reader.digestOf(stretch, signal);
  return real === digest
    ? undefined
    : `Its SHA-256 begins with ${real.slice(0, 8)}, ${FILE} says ${digest.slice(0, 8)}.`;
}
