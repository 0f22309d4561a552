import { every, get, postText } from './api.js';
import { ask, el, state } from './dom.js';
import { count, money, share, when } from './format.js';

const STATES = ['running', 'draining', 'paused', 'completed', 'cancelled', 'failed'];
const QUICK_START = JSON.stringify({ name: 'quick-start', seeds: [{ builtin: 'quick-start' }] }, null, 2);
const PAGE = 50;

/** The list of jobs; gives what ends it. */
export function jobs(main) {
  const pages = [''];
  const list = el('ul', { className: 'cards' });
  const back = el('button', { onclick: () => { pages.pop(); show(); } }, 'Newer');
  const on = el('button', { onclick: () => { pages.push(on.dataset.next); show(); } }, 'Older');
  const filter = el('select', { 'aria-label': 'State', onchange: () => { pages.length = 1; show(); } },
    el('option', { value: '' }, 'all states'), ...STATES.map((name) => el('option', { value: name }, name)));
  main.append(
    el('div', { className: 'row spread' }, el('h1', {}, 'Jobs'),
      el('div', { className: 'row' }, filter, el('button', { className: 'main', onclick: begin }, 'New job'))),
    list, el('p', { className: 'row' }, back, on));

  async function show() {
    const query = new URLSearchParams({ limit: PAGE });
    if (filter.value) {
      query.set('state', filter.value);
    }
    if (pages.at(-1)) {
      query.set('after', pages.at(-1));
    }
    const answer = await get(`/v1/jobs?${query}`);
    list.replaceChildren(...answer.jobs.map(card));
    if (answer.jobs.length === 0) {
      list.append(el('li', { className: 'soft' }, 'There is no job here. New job begins one.'));
    }
    back.hidden = pages.length === 1;
    on.hidden = !answer.next;
    on.dataset.next = answer.next ?? '';
  }
  return every(3000, show);
}

function card(job) {
  const seeds = job.progress ? `${count(job.progress.seeds)} seeds` : '';
  const spent = job.spent ? `${count(job.spent.calls)} calls, ${money(job.spent.price)}` : '';
  return el('li', { className: 'card' },
    el('div', { className: 'row spread' }, el('a', { href: `#/jobs/${job.id}` }, job.id), state(job)),
    job.progress && job.state !== 'completed'
      ? el('progress', { max: 1, value: share(job), 'aria-label': `progress of ${job.id}` }) : null,
    el('div', { className: 'row spread soft' },
      el('span', {}, [seeds, spent].filter(Boolean).join(' · ')), el('span', {}, when(job.created_at))),
    job.detail ? el('div', {}, job.detail) : null);
}

function begin() {
  const key = crypto.randomUUID();
  const text = el('textarea', { name: 'job', value: QUICK_START, 'aria-label': 'The job as JSON', spellcheck: false });
  ask('New job', [el('p', { className: 'soft' }, 'The keys of a job file, as JSON.'), text], 'Begin', async () => {
    try {
      const job = await postText('/v1/jobs', text.value, { 'Idempotency-Key': key });
      location.hash = `#/jobs/${job.id}`;
      return '';
    } catch (problem) {
      return problem.message;
    }
  });
}
