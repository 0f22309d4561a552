const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

export const count = (value) => whole.format(value);

export const compact = (value) => short.format(value);

/** An amount with as many digits as tell something. */
export const amount = (value) => value.toFixed(value === 0 || value >= 1 ? 2 : Math.min(2 - Math.floor(Math.log10(value)), 10));

export function money(amounts) {
  const parts = Object.entries(amounts ?? {}).map(([currency, of]) => `${amount(Number(of))} ${currency}`);
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
  if (seconds < 90) {
    return `${Math.max(1, Math.round(seconds))} s`;
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) {
    return `${minutes} min`;
  }
  const hours = minutes / 60;
  return hours < 48 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} days`;
}

/** A number with its noun. */
export const many = (value, one, more = `${one}s`) => `${count(value)} ${value === 1 ? one : more}`;

export const words = (key) => key.replaceAll('_', ' ');

export const when = (instant) => new Date(instant).toLocaleString();

/** Some facts on one line. */
export const line = (...facts) => facts.filter(Boolean).join(' · ');
