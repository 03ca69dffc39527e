/**
 * Which members of a cache go when room is needed: S3-FIFO (Yang et al., SOSP 2023). New ones stay in a small queue and leave
 * soon unless they are asked for again; so whoever reads a long film once does not drive out what everybody watches. Those
 * that left are remembered for a while, and return straight to the main queue.
 */
import { createLinkedList, type Linked, type LinkedList } from './linked-list.ts';

/** What a member carries; the policy alone writes it. */
export interface Ranked<Member> extends Linked<Member> {
  queue: Queue | undefined;
  /** Times it was asked for since it came or was last spared, at most 3. */
  uses: number;
}

/** `gone`: its name is remembered, not its content. */
export type Queue = 'small' | 'main' | 'gone';

export interface S3FifoConfig<Member> {
  /** Room that a member takes, in the unit of the caller; it does not change while the member stays. */
  readonly sizeOf: (member: Member) => number;
  /** Members in use cannot leave now. */
  readonly isHeld: (member: Member) => boolean;
  /** Called when a remembered member is forgotten: it is in no queue then. */
  readonly onForgotten: (member: Member) => void;
}

export interface S3Fifo<Member> {
  /** A member that is in no queue, or gone. */
  admit(member: Member): void;
  use(member: Member): void;
  /** Chooses the member that leaves, which is gone from then on; `undefined` when all that stay are held. */
  evict(): Member | undefined;
  /** Takes it out of whatever queue it is in. */
  remove(member: Member): void;
}

/** Share of the small queue in what stays. */
const SMALL_SHARE = 0.1;

/** More uses than this in the small queue lead to the main one: the first may be the rest of the same reading. */
const USES_OF_ONE_READER = 1;

const MOST_USES = 3;

export function createS3Fifo<Member extends Ranked<Member>>(config: S3FifoConfig<Member>): S3Fifo<Member> {
  const { sizeOf, isHeld, onForgotten } = config;
  const lists: Readonly<Record<Queue, LinkedList<Member>>> = {
    small: createLinkedList(),
    main: createLinkedList(),
    gone: createLinkedList(),
  };
  const sizes: Record<Queue, number> = { small: 0, main: 0, gone: 0 };

  function enter(member: Member, queue: Queue): void {
    member.queue = queue;
    lists[queue].add(member);
    sizes[queue] += sizeOf(member);
  }

  function remove(member: Member): void {
    if (!member.queue) return;
    lists[member.queue].remove(member);
    sizes[member.queue] -= sizeOf(member);
    member.queue = undefined;
  }

  function move(member: Member, queue: Queue): void {
    remove(member);
    enter(member, queue);
  }

  function mostGone(): number {
    return (1 - SMALL_SHARE) * (sizes.small + sizes.main);
  }

  /** What is remembered would fill the main queue. */
  function leave(member: Member): Member {
    move(member, 'gone');
    while (lists.gone.oldest && lists.gone.oldest !== member && sizes.gone > mostGone()) {
      const { oldest } = lists.gone;
      remove(oldest);
      onForgotten(oldest);
    }
    return member;
  }

  /** The oldest of the small queue leaves, or shows to have earned the main one. */
  function fromSmall(member: Member): Member | undefined {
    if (!isHeld(member) && member.uses <= USES_OF_ONE_READER) return leave(member);
    member.uses = 0;
    move(member, 'main');
    return undefined;
  }

  /** The oldest of the main queue leaves, or is spared at the price of one use. */
  function fromMain(member: Member): Member | undefined {
    if (!isHeld(member) && member.uses === 0) return leave(member);
    if (member.uses > 0) member.uses -= 1;
    move(member, 'main');
    return undefined;
  }

  /** Whose turn it is to leave: the small queue's oldest as long as that queue is longer than its share. */
  function nextInTurn(): Member | undefined {
    const { small, main } = lists;
    const isSmallFull = sizes.small >= SMALL_SHARE * (sizes.small + sizes.main);
    return isSmallFull ? (small.oldest ?? main.oldest) : (main.oldest ?? small.oldest);
  }

  function evict(): Member | undefined {
    // Each is spared three times at most, and moves up from the small queue once, unless it is held.
    for (let turns = (MOST_USES + 2) * (lists.small.length + lists.main.length); turns > 0; turns--) {
      const member = nextInTurn();
      const victim = member?.queue === 'small' ? fromSmall(member) : member && fromMain(member);
      if (victim) return victim;
    }
    return undefined;
  }

  return {
    admit(member) {
      const returns = member.queue === 'gone';
      remove(member);
      member.uses = 0;
      enter(member, returns ? 'main' : 'small');
    },
    use(member) {
      if (member.uses < MOST_USES) member.uses += 1;
    },
    evict,
    remove,
  };
}
