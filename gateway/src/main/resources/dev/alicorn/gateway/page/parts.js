import { get } from './api.js';
import { el } from './dom.js';
import { bytes, count } from './format.js';

const OUTCOMES = ['accepted', 'rejected', 'failed', 'parked'];

/** The table of endpoints; gives what brings it up to date. */
export function endpoints(main) {
  const table = el('table');
  main.append(el('h2', {}, 'Endpoints'), el('div', { className: 'scroll' }, table));
  return async () => {
    const found = (await get('/v1/endpoints')).endpoints;
    table.replaceChildren(
      el('tr', {}, ...['name', 'model', 'state', 'calls out', 'waiting', 'limited by', 'last minute'].map((name) => el('th', {}, name))),
      ...found.map((one) => el('tr', {},
        el('td', {}, one.name), el('td', {}, one.model), el('td', {}, one.detail ? `${one.state}: ${one.detail}` : one.state),
        el('td', {}, `${one.in_flight} of ${one.limits.in_flight.limit}`), el('td', {}, count(one.waiting)),
        el('td', {}, limited(one)), el('td', {}, `${count(one.calls_last_minute)} calls, ${count(one.retries_last_minute)} retries`))));
  };
}

function limited(one) {
  const numbers = Object.entries(one.limits).filter(([name]) => name !== 'in_flight')
    .map(([name, limit]) => `${count(limit.limit)} ${name.replaceAll('_', ' ')}`);
  return [one.waits_for ?? '', ...numbers].filter(Boolean).join('; ');
}

/** The newest records; gives what brings them up to date. */
export function records(main, path) {
  const stage = choice('Stage', ['caption', 'instruct']);
  const outcome = choice('Outcome', OUTCOMES);
  const list = el('ul', { className: 'cards' });
  const note = el('p', { className: 'soft' });
  let shown = '';
  main.append(el('h2', {}, 'Records'), el('div', { className: 'row' }, stage, outcome), note, list);
  const show = async () => {
    const query = new URLSearchParams({ limit: 12 });
    if (stage.value) {
      query.set('stage', stage.value);
    }
    if (outcome.value) {
      query.set('outcome', outcome.value);
    }
    const found = await get(`${path}/records?${query}`);
    const now = JSON.stringify(found);
    if (now !== shown) {
      shown = now;
      note.textContent = found.newest ? '' : 'Some of the first; the job has not run since the daemon started.';
      list.replaceChildren(...found.records.map(record));
    }
  };
  stage.addEventListener('change', show);
  outcome.addEventListener('change', show);
  return show;
}

function choice(label, values) {
  return el('select', { 'aria-label': label },
    el('option', { value: '' }, `every ${label.toLowerCase()}`), ...values.map((value) => el('option', { value }, value)));
}

function record(one) {
  const part = (label, ...content) => el('div', {}, el('div', { className: 'label' }, label), ...content);
  return el('li', { className: 'card' },
    el('div', { className: 'row spread' },
      el('strong', {}, `${one.record} · ${one.stage.replaceAll('_', ' ')}`),
      el('span', { className: one.outcome === 'accepted' ? 'right' : 'problem' },
        one.reason ? `${one.outcome}: ${one.reason.replaceAll('_', ' ')}` : one.outcome)),
    el('div', { className: 'record' },
      one.seed ? part('seed', el('p', {}, one.seed)) : null,
      one.caption ? part('caption', el('p', {}, one.caption)) : null,
      one.turns ? part('instructions', el('details', {},
        el('summary', {}, one.turns[0].question), ...one.turns.flatMap(turn))) : null,
      one.detail ? part('why', el('p', {}, one.detail)) : null));
}

function turn(one) {
  const options = (one.options ?? []).map((option, i) => {
    const letter = 'ABCD'[i];
    return el('p', { className: letter === one.answer ? 'right' : '' }, `${letter}. ${option}`);
  });
  return [el('p', {}, el('strong', {}, one.question)), ...options, one.options ? '' : el('p', {}, one.answer)];
}

/** The datasets and the replays that make more; gives what brings them up to date. */
export function datasets(main, path) {
  const list = el('div');
  let shown = '';
  main.append(el('h2', {}, 'Datasets'), list);
  return async () => {
    const [made, asked] = await Promise.all([get(`${path}/datasets`), get(`${path}/replays`)]);
    const under = asked.replays.filter((one) => one.state !== 'completed');
    const now = JSON.stringify([made, under]);
    if (now === shown) {
      return;
    }
    shown = now;
    list.replaceChildren(
      ...under.map((one) => el('p', {}, `${one.name} is ${one.state}${one.stage ? `, ${one.stage} ${Math.round(100 * one.done / Math.max(one.total, 1))} %` : ''}${one.detail ? `: ${one.detail}` : ''}`)),
      ...made.datasets.map((one) => el('details', { className: 'panel' },
        el('summary', {}, `${one.name}, ${bytes(one.bytes)}`),
        el('p', {}, el('a', { href: `${path}/datasets/${one.name}/tar`, download: `${one.name}.tar` }, 'Everything as a tar')),
        el('div', { className: 'scroll' }, el('table', {}, ...one.files.map((file) => el('tr', {},
          el('td', {}, el('a', { href: `${path}/datasets/${one.name}/files/${file.file}`, download: file.file.split('/').at(-1) }, file.file)),
          el('td', { className: 'number' }, bytes(file.bytes)))))))),
      made.datasets.length + under.length === 0 ? el('p', { className: 'soft' }, 'None yet; one is made when the job is completed.') : '');
  };
}
