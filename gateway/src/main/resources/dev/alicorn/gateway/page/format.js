const number = new Intl.NumberFormat('en');

export const count = (value) => number.format(Math.round(value));

export function money(amounts) {
  const parts = Object.entries(amounts ?? {}).map(
    ([currency, amount]) => `${Number(amount).toFixed(Number(amount) < 1 ? 4 : 2)} ${currency}`);
  return parts.join(' + ') || '0';
}

export function bytes(value) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let at = 0;
  let left = value;
  while (left >= 1000 && at < units.length - 1) {
    left /= 1000;
    at += 1;
  }
  return `${left < 10 && at > 0 ? left.toFixed(1) : Math.round(left)} ${units[at]}`;
}

export function duration(seconds) {
  if (!Number.isFinite(seconds)) {
    return '';
  }
  if (seconds < 90) {
    return `${Math.round(seconds)} s`;
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) {
    return `${minutes} min`;
  }
  const hours = minutes / 60;
  return hours < 48 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} days`;
}

export const when = (instant) => new Date(instant).toLocaleString();

/** The steps of a job: name, how many are done, how many there are to do. */
export function steps(job) {
  const progress = job.progress;
  if (!progress) {
    return [];
  }
  const found = [{
    name: 'captions',
    done: progress.captions_accepted + progress.captions_lost,
    total: progress.seeds,
  }];
  if (progress.embedded + progress.embeddings_lost > 0 || (job.spec?.embed?.encoder ?? 'none') !== 'none') {
    found.push({ name: 'embeddings', done: progress.embedded + progress.embeddings_lost, total: progress.captions_accepted });
  }
  for (const [task, wanted] of Object.entries(progress.samples_wanted)) {
    found.push({ name: task.replaceAll('_', ' '), done: progress.samples_accepted[task] ?? 0, total: Math.min(wanted, progress.seeds) });
  }
  return found;
}

export function share(job) {
  const all = steps(job);
  const total = all.reduce((sum, step) => sum + step.total, 0);
  return total === 0 ? 0 : all.reduce((sum, step) => sum + Math.min(step.done, step.total), 0) / total;
}
