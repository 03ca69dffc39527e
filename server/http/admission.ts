/**
 * Who has to leave when there is no room for one more connection. Room is shared by address: whoever has more than a fair share
 * pays, with idle connections first. So no one client, however many connections it opens, keeps others out.
 */

/** What is to be known of a connection. */
export interface Guest {
  /** Those of one address share the room of one. */
  readonly address: string;
  /** Being answered; one that is not loses nothing but the time to connect again. */
  readonly isAnswering: boolean;
}

export interface Admission<Member extends Guest> {
  readonly count: number;
  /** The one that has to leave for it and is no member any more, perhaps the newcomer itself; `undefined` while there is room. */
  admit(newcomer: Member): Member | undefined;
  leave(member: Member): void;
  members(): Iterable<Member>;
}

/** So many candidates are looked at for one newcomer, that a flood of them costs no more than it must. */
const MOST_LOOKS = 256;

export function createAdmission<Member extends Guest>(most: number): Admission<Member> {
  const all = new Set<Member>();
  /** By address; oldest first, as sets are. */
  const groups = new Map<string, Set<Member>>();
  const nextMember = createHand(all);
  const nextGroup = createHand({ [Symbol.iterator]: () => groups.values() });

  function enter(member: Member): void {
    all.add(member);
    groups.set(member.address, (groups.get(member.address) ?? new Set()).add(member));
  }

  function leave(member: Member): void {
    all.delete(member);
    const group = groups.get(member.address);
    group?.delete(member);
    if (group?.size === 0) groups.delete(member.address);
  }

  function admit(newcomer: Member): Member | undefined {
    enter(newcomer);
    if (all.size <= most) return undefined;
    const loser = chooseLoser(newcomer);
    leave(loser);
    return loser;
  }

  function chooseLoser(newcomer: Member): Member {
    const share = Math.ceil(most / groups.size);
    const own = groups.get(newcomer.address) ?? new Set();
    if (own.size > share) return firstOf(own, isIdle) ?? newcomer;
    const excessive = nextGroup((group) => group.size > share);
    if (excessive) return firstOf(excessive, isIdle) ?? firstOf(excessive, () => true) ?? newcomer;
    return nextMember((member) => isIdle(member) && member !== newcomer) ?? newcomer;
  }

  return {
    get count() {
      return all.size;
    },
    admit,
    leave,
    members: () => all,
  };
}

function isIdle({ isAnswering }: Guest): boolean {
  return !isAnswering;
}

function firstOf<Member>(group: Iterable<Member>, isWanted: (member: Member) => boolean): Member | undefined {
  let looks = 0;
  for (const member of group) {
    if (isWanted(member)) return member;
    looks += 1;
    if (looks === MOST_LOOKS) break;
  }
  return undefined;
}

/** Goes round: each search begins where the last one ended, so that it need not see all to be fair to all. */
function createHand<Item>(items: Iterable<Item>): (isWanted: (item: Item) => boolean) => Item | undefined {
  let rest = items[Symbol.iterator]();
  return (isWanted) => {
    for (let looks = 0; looks < MOST_LOOKS; looks++) {
      const { done, value } = rest.next();
      if (done) rest = items[Symbol.iterator]();
      else if (isWanted(value)) return value;
    }
    return undefined;
  };
}
