import { every, get, post } from './api.js';
import { el, keyed, say } from './dom.js';
import { count, many, words } from './format.js';

const HEADS = ['name', 'model', 'state', 'calls out', 'waiting', 'limits a minute', 'last minute', ''];

/** The table of endpoints, told to `shown` as often as it is brought up to date. */
export function endpoints(main, shown) {
  const rows = el('tbody');
  main.append(el('h2', {}, 'Endpoints'), el('div', { className: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Endpoints' }, el('table', { className: 'wide' },
    el('thead', {}, el('tr', {}, ...HEADS.map((name) => el('th', { scope: 'col' }, name)))), rows)));
  const show = keyed(rows, (one) => one.name, (one) => row(one.name, (answer) => take(answer)));
  function take(answer) {
    show(answer.endpoints);
    shown(answer.endpoints);
  }
  return every(3000, async () => take(await get('/v1/endpoints')));
}

function row(name, changed) {
  const cells = HEADS.map(() => el('td'));
  const trouble = el('p', { className: 'problem', role: 'alert', hidden: true });
  const reset = el('button', { onclick: () => post(`/v1/endpoints/${encodeURIComponent(name)}/reset`).then(
    (answer) => { say(trouble, ''); changed(answer); }, (problem) => say(trouble, problem.message)) }, 'Reset');
  cells[7].append(reset, trouble);
  return {
    node: el('tr', {}, ...cells),
    show: (one) => {
      [one.name, one.model, one.detail ? `${one.state}: ${one.detail}` : one.state,
        `${count(one.in_flight)} of ${count(one.limits.in_flight.limit)}`,
        one.waits_for ? `${count(one.waiting)}, for ${one.waits_for}` : count(one.waiting), rates(one.limits),
        `${many(one.calls_last_minute, 'call')}, ${many(one.retries_last_minute, 'retry', 'retries')}`]
        .forEach((text, i) => say(cells[i], text));
      cells.forEach((cell) => { cell.hidden = false; });
      reset.hidden = one.state !== 'out';
    },
  };
}

function rates(limits) {
  const numbers = Object.entries(limits).filter(([name]) => name !== 'in_flight')
    .map(([name, limit]) => `${count(limit.limit)} ${words(name.replace('_per_minute', ''))}`);
  return numbers.join(', ') || 'none';
}
