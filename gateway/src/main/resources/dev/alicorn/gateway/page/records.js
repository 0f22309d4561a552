import { every, get } from './api.js';
import { choice, el, keyed, say } from './dom.js';
import { words } from './format.js';

const SHOWN = 12;
const KEPT_MAX = 24;

const key = (one) => `${one.stage} ${one.record}`;

/** The newest records; one that is open stays until it is closed. */
export function records(main, path) {
  const stage = choice('Stage', 'every stage', ['caption', 'instruct'], again);
  const outcome = choice('Outcome', 'every outcome', ['accepted', 'rejected', 'failed', 'parked'], again);
  const list = el('ul', { className: 'cards' });
  const note = el('p', { className: 'soft' });
  main.append(el('h2', {}, 'Records'), el('div', { className: 'row' }, stage, outcome), note, list);
  const opened = new Map();
  const show = keyed(list, key, (one) => ({ node: record(one, opened) }));
  const polling = every(4000, async () => {
    const query = new URLSearchParams({ limit: SHOWN });
    if (stage.value) {
      query.set('stage', stage.value);
    }
    if (outcome.value) {
      query.set('outcome', outcome.value);
    }
    const found = await get(`${path}/records?${query}`);
    say(note, found.records.length === 0 ? 'None yet.'
      : found.newest ? '' : 'Some of the first; the job has not run since the daemon started.');
    const keys = new Set(found.records.map(key));
    show([...found.records, ...[...opened.values()].filter((one) => !keys.has(key(one)))].slice(0, KEPT_MAX));
  });
  function again() {
    opened.clear();
    polling.now();
  }
  return polling;
}

function record(one, opened) {
  const part = (label, ...content) => el('div', {}, el('div', { className: 'label' }, label), ...content);
  const toggled = (event) => event.target.open ? opened.set(key(one), one) : opened.delete(key(one));
  return el('li', { className: 'card' },
    el('div', { className: 'row spread' },
      el('strong', {}, `${one.record} · ${words(one.stage.replace('instruct_', ''))}`),
      el('span', { className: one.outcome === 'accepted' ? 'right' : 'problem' },
        one.reason ? `${one.outcome}: ${words(one.reason)}` : one.outcome)),
    el('div', { className: 'record' },
      one.seed ? part('seed', el('p', {}, one.seed)) : null,
      one.caption ? part('caption', el('p', {}, one.caption)) : null,
      one.turns ? part('instructions', el('details', { ontoggle: toggled },
        el('summary', {}, one.turns[0].question), ...one.turns.map(turn))) : null,
      one.detail ? part('why', el('p', {}, one.detail)) : null));
}

function turn(one) {
  const options = (one.options ?? []).map((option, i) => {
    const letter = String.fromCharCode(65 + i);
    const right = letter === one.answer;
    return el('p', { className: right ? 'right' : '' }, `${letter}. ${option}${right ? ' ✓' : ''}`);
  });
  return el('div', { className: 'turn' },
    el('p', {}, el('strong', {}, one.question)), ...options, one.options ? null : el('p', {}, one.answer));
}
