import { words } from './format.js';

const RATE_MILLIS = 60_000;

/**
 * The steps of a job: `series` is the step's name in the history, `done` how many are, `total` how
 * many there are to do; NaN while seeds still come and it is not known.
 */
export function steps(job) {
  const progress = job.progress;
  if (!progress) {
    return [];
  }
  const seeds = progress.sealed ? progress.seeds : NaN;
  const found = [{
    series: 'captions', name: 'captions', done: progress.captions_accepted + progress.captions_lost, total: seeds,
  }];
  if (progress.embedded + progress.embeddings_lost > 0 || (job.spec?.embed.encoder ?? 'none') !== 'none') {
    found.push({
      series: 'embeddings',
      name: 'embeddings',
      done: progress.embedded + progress.embeddings_lost,
      total: progress.sealed ? progress.captions_accepted : NaN,
    });
  }
  for (const [task, wanted] of Object.entries(progress.samples_wanted)) {
    found.push({
      series: `instruct_${task}`,
      name: words(task),
      done: progress.samples_accepted[task] ?? 0,
      total: progress.sealed ? Math.min(wanted, progress.seeds) : wanted,
    });
  }
  return found;
}

/** How much of all steps is done, from 0 to 1; NaN while it is not known how much there is. */
export function share(job) {
  const all = steps(job);
  const total = all.reduce((sum, step) => sum + step.total, 0);
  return total === 0 ? 0 : all.reduce((sum, step) => sum + Math.min(step.done, step.total), 0) / total;
}

/** How much a series grew a second in its last minute, or as long as it has run without a stop. */
export function rate(history, series) {
  const at = history.at_millis;
  const values = history.series[series];
  const last = at.length - 1;
  if (last < 1 || !values) {
    return 0;
  }
  const gaps = at.slice(1).map((time, i) => time - at[i]).sort((a, b) => a - b);
  const stop = 3 * gaps[gaps.length >> 1] + 10_000;
  let first = last;
  while (first > 0 && at[last] - at[first] < RATE_MILLIS && at[first] - at[first - 1] <= stop) {
    first -= 1;
  }
  return at[last] > at[first] ? Math.max(0, values[last] - values[first]) * 1000 / (at[last] - at[first]) : 0;
}

/** The seconds that a step takes still; NaN where that is not known. */
export function left(step, perSecond) {
  if (step.done >= step.total) {
    return 0;
  }
  return perSecond > 0 ? (step.total - step.done) / perSecond : NaN;
}
