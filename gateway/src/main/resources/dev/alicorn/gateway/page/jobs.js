import { every, get } from './api.js';
import { beginJob } from './dialogs.js';
import { choice, el, keyed, say, state } from './dom.js';
import { line, many, money, when } from './format.js';
import { share } from './steps.js';

const STATES = ['running', 'draining', 'paused', 'completed', 'cancelled', 'failed'];
const PAGE = 50;

/** The list of jobs; gives what ends it. */
export function jobs(main) {
  document.title = 'Jobs · Alicorn';
  const pages = [''];
  let next = '';
  const turn = (change) => { change(); polling.now(); };
  const list = el('ul', { className: 'cards' });
  const none = el('p', { className: 'soft', hidden: true });
  const back = el('button', { hidden: true, onclick: () => turn(() => pages.pop()) }, 'Newer');
  const on = el('button', { hidden: true, onclick: () => turn(() => pages.push(next)) }, 'Older');
  const filter = choice('State', 'all states', STATES, () => turn(() => { pages.length = 1; }));
  main.append(
    el('div', { className: 'row spread' }, el('h1', {}, 'Jobs'),
      el('div', { className: 'row' }, filter, el('button', { className: 'main', onclick: beginJob }, 'New job'))),
    none, list, el('p', { className: 'row' }, back, on));
  const show = keyed(list, (job) => job.id, (job) => card(job.id));
  const polling = every(3000, async () => {
    const query = new URLSearchParams({ limit: PAGE });
    if (filter.value) {
      query.set('state', filter.value);
    }
    if (pages.at(-1)) {
      query.set('after', pages.at(-1));
    }
    const answer = await get(`/v1/jobs?${query}`);
    show(answer.jobs);
    say(none, answer.jobs.length > 0 ? ''
      : filter.value || pages.length > 1 ? 'There is no such job.' : 'There is no job yet. New job begins one.');
    next = answer.next ?? '';
    back.hidden = pages.length === 1;
    on.hidden = next === '';
  });
  return polling.end;
}

function card(id) {
  const now = state();
  const bar = el('progress', { max: 1, 'aria-label': `progress of ${id}` });
  const done = el('span');
  const detail = el('div');
  const begun = el('span');
  return {
    node: el('li', { className: 'card' },
      el('div', { className: 'row spread' }, el('a', { href: `#/jobs/${id}` }, id), now.node), bar,
      el('div', { className: 'row spread soft' }, done, begun), detail),
    show: (job) => {
      now.show(job);
      const part = share(job);
      bar.hidden = !(part >= 0) || !job.progress || ['completed', 'cancelled'].includes(job.state);
      bar.value = part >= 0 ? part : 0;
      say(done, line(...rows(job), job.spent && many(job.spent.calls, 'call'),
        job.spent && Object.keys(job.spent.price).length > 0 && money(job.spent.price)));
      say(detail, job.detail ?? '');
      say(begun, when(job.created_at));
    },
  };
}

function rows(job) {
  if (!job.progress) {
    return [];
  }
  const { seeds, sealed, captions_accepted: captions, samples_accepted: accepted, samples_wanted: wanted } = job.progress;
  const samples = Object.entries(accepted).reduce((sum, [task, of]) => sum + Math.min(of, wanted[task] ?? of), 0);
  return [
    sealed && job.state !== 'completed' ? `${many(captions, 'caption')} of ${many(seeds, 'seed')}` : many(captions, 'caption'),
    samples > 0 && many(samples, 'sample'),
  ];
}
