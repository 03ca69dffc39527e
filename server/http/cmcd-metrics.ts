/** Sums of what players tell about themselves: how often they ran dry, and how fast they find the way to us. */
import { Counter, Histogram, type Registry } from 'prom-client';
import type { CmcdReading } from './read-cmcd.ts';

const MEGABIT = 1_000_000;

/** Twice as much each time, from what a phone at the edge of its cell has to what a wire at home has. */
const THROUGHPUTS = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256].map((megabits) => megabits * MEGABIT);

/** The function that counts one reading. Series are told apart by the kind of object, of which there are nine. */
export function createCmcdMetrics(registry: Registry): (reading: CmcdReading) => void {
  const registers = [registry];
  const labelNames = ['object_type'];
  const told = new Counter({
    name: 'weir_cmcd_requests_total',
    help: 'Requests that carried CMCD, by object type.',
    labelNames,
    registers,
  });
  const starved = new Counter({
    name: 'weir_cmcd_buffer_starvations_total',
    help: 'Requests whose player said that its buffer had run dry since the one before.',
    labelNames,
    registers,
  });
  const throughput = new Histogram({
    name: 'weir_cmcd_throughput_bits_per_second',
    help: 'Throughput as players measured it.',
    labelNames,
    buckets: THROUGHPUTS,
    registers,
  });
  const broken = new Counter({
    name: 'weir_cmcd_broken_total',
    help: 'Requests with CMCD of which something could not be understood and was left out.',
    registers,
  });

  return ({ values, isBroken }) => {
    const { ot, bs, mtp } = values;
    const labels = { object_type: typeof ot === 'string' ? ot : 'untold' };
    told.inc(labels);
    if (isBroken) broken.inc();
    if (bs === true) starved.inc(labels);
    if (typeof mtp === 'number') throughput.observe(labels, mtp * 1000);
  };
}
