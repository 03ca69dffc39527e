/** What a link delivered over time, in slots of a tenth of a second; the oldest are forgotten. */

export interface DeliverySlot {
  /** Seconds since the link was opened; where the slot begins. */
  readonly at: number;
  readonly bytes: number;
}

export interface DeliveryLog {
  add(at: number, bytes: number): void;
  /** Bytes since the beginning, forgotten slots included. */
  total(): number;
  /** Oldest first; slots without a delivery are left out. */
  slots(): readonly DeliverySlot[];
}

const SLOTS_PER_SECOND = 10;

/** Ten minutes of continuous delivery: longer than any test, short enough to leave a link open for days. */
const MAX_SLOTS = 600 * SLOTS_PER_SECOND;

export function createDeliveryLog(): DeliveryLog {
  let slots: DeliverySlot[] = [];
  let total = 0;
  return {
    add(at, bytes) {
      total += bytes;
      const start = Math.floor(at * SLOTS_PER_SECOND) / SLOTS_PER_SECOND;
      const last = slots.at(-1);
      if (last?.at === start) slots[slots.length - 1] = { at: start, bytes: last.bytes + bytes };
      else slots.push({ at: start, bytes });
      if (slots.length > 2 * MAX_SLOTS) slots = slots.slice(-MAX_SLOTS);
    },
    total: () => total,
    slots: () => slots.slice(-MAX_SLOTS),
  };
}

/** Bytes delivered in the slots that begin in `from` … `to`. */
export function bytesBetween(slots: readonly DeliverySlot[], from: number, to: number): number {
  return slots.reduce((sum, slot) => (slot.at >= from && slot.at < to ? sum + slot.bytes : sum), 0);
}
