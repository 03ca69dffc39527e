/**
 * A queue whose links live in its members, so that one can leave from the middle at no cost. (A Map does the same job until
 * it is long: taking its oldest key steps over all that were deleted before.)
 */

/** What a member carries; the list alone writes it. A member is in one list at a time. */
export interface Linked<Member> {
  older: Member | undefined;
  newer: Member | undefined;
}

export interface LinkedList<Member> {
  readonly oldest: Member | undefined;
  readonly length: number;
  /** `member` must be in no list. */
  add(member: Member): void;
  /** `member` must be in this list. */
  remove(member: Member): void;
}

export function createLinkedList<Member extends Linked<Member>>(): LinkedList<Member> {
  let oldest: Member | undefined;
  let newest: Member | undefined;
  let length = 0;
  return {
    get oldest() {
      return oldest;
    },
    get length() {
      return length;
    },
    add(member) {
      member.older = newest;
      member.newer = undefined;
      if (newest) newest.newer = member;
      else oldest = member;
      newest = member;
      length += 1;
    },
    remove(member) {
      if (member.older) member.older.newer = member.newer;
      else oldest = member.newer;
      if (member.newer) member.newer.older = member.older;
      else newest = member.older;
      member.older = undefined;
      member.newer = undefined;
      length -= 1;
    },
  };
}
