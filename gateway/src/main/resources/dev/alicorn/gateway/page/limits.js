import { count, duration, many, words } from './format.js';

const SOURCES = { config: 'set by the deployment', header: 'told by its headers', learned: 'learned from its answers' };
const WAITING_VECTORS = 64;

/** What a job is held back by now, as a sentence; empty where it is over. */
export function limited(job, endpoints) {
  switch (job.state) {
    case 'running':
      return job.detail ? `Held back: ${job.detail}.` : running(job, endpoints);
    case 'draining':
      return `Calls in flight end, ${job.detail ?? 'then it stands still'}.`;
    case 'paused':
      return `Paused${job.detail ? `: ${job.detail}` : ''}.`;
    case 'failed':
      return `Failed${job.detail ? `: ${job.detail}` : ''}.`;
    default:
      return '';
  }
}

function running(job, endpoints) {
  const serving = serves(job, endpoints);
  const out = serving.filter((one) => one.state === 'out');
  if (serving.length > 0 && out.length === serving.length) {
    return `Out of service: ${out.map((one) => one.detail).join('; ')}.`;
  }
  const busy = serving.filter((one) => (one.waiting > 0 && one.waits_for) || isFull(one));
  if (busy.length > 0) {
    return `Limited by ${busy.map(held).join('; and by ')}.`;
  }
  return ready(job, serving);
}

/** The endpoints that a job's calls go to; a name that none has is a pool's, whose members could be any. */
function serves(job, endpoints) {
  const names = new Set([job.spec.caption.endpoint]);
  if (Object.keys(job.spec.instruct.tasks).length > 0) {
    names.add(job.spec.instruct.endpoint);
  }
  const known = endpoints.filter((one) => names.has(one.name));
  return known.length === names.size ? known : endpoints;
}

function isFull(one) {
  return one.in_flight > 0 && one.in_flight >= one.limits.in_flight.limit;
}

function held(one) {
  const waiting = one.waiting > 0 ? `, ${many(one.waiting, 'call waits', 'calls wait')}` : '';
  const soon = one.waits_seconds > 0 ? `, the next goes in ${duration(one.waits_seconds)}` : '';
  const slots = one.limits.in_flight;
  if (isFull(one)) {
    return `endpoint ${one.name}: ${count(one.in_flight)} of ${many(slots.limit, 'call')} at a time are out `
      + `(${SOURCES[slots.source]})${waiting}${soon}`;
  }
  const rates = Object.entries(one.limits).filter(([name]) => name !== 'in_flight')
    .map(([name, limit]) => `${count(limit.limit)} ${words(name).replace(' per minute', ' a minute')} ${SOURCES[limit.source]}`);
  const numbers = rates.length > 0 && one.waits_for.includes('limit') ? ` (${rates.join(', ')})` : '';
  return `endpoint ${one.name}, which waits for ${one.waits_for}${numbers}${waiting}${soon}`;
}

function ready(job, serving) {
  const progress = job.progress;
  if (!progress) {
    return '';
  }
  const vectors = progress.captions_accepted - progress.embedded - progress.embeddings_lost;
  const captions = progress.seeds - progress.captions_accepted - progress.captions_lost;
  const out = serving.reduce((sum, one) => sum + one.in_flight, 0);
  if (job.spec.embed.encoder !== 'none' && vectors > WAITING_VECTORS) {
    return `Limited by encoder ${job.spec.embed.encoder}: ${many(vectors, 'caption waits', 'captions wait')} for vectors.`;
  }
  if (captions === 0 && !progress.sealed) {
    return 'Waits for seeds: all that came are done, and it is not sealed.';
  }
  return out > 0
    ? `Not held back: ${many(out, 'call is', 'calls are')} out and none waits.`
    : 'Not held back: no call is owed, what is left is the dataset.';
}
