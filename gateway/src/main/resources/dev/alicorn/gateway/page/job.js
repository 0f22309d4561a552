import { connected, every, get, post } from './api.js';
import { chart, History } from './charts.js';
import { ask, el, state } from './dom.js';
import { count, duration, money, share, steps, when } from './format.js';
import { datasets, endpoints, records } from './parts.js';

const FINAL = ['completed', 'cancelled', 'failed'];

/** One job, live; gives what ends it. */
export function job(main, id) {
  const path = `/v1/jobs/${encodeURIComponent(id)}`;
  const history = new History();
  const ends = [];
  const head = el('div', { 'aria-live': 'polite' });
  const buttons = el('div', { className: 'row' });
  const progress = el('div', { className: 'grid' });
  const losses = el('div');
  const plots = el('div', { className: 'chart panel' });
  main.append(
    el('p', {}, el('a', { href: '#/' }, '← All jobs')), head, buttons,
    el('h2', {}, 'Progress'), progress, losses,
    el('h2', {}, 'Over time'), plots);
  let spec;
  const plot = chart(plots, ['captions', 'samples', 'lost']);
  ends.push(() => plot.close());

  function show(now) {
    const shown = { ...now, spec };
    head.replaceChildren(
      el('div', { className: 'row spread' }, el('h1', {}, now.id), state(now)),
      el('p', { className: 'soft' }, `${now.name}, begun ${when(now.created_at)}`),
      now.detail ? el('p', {}, now.detail) : '');
    const steer = (word, allowed) => el('button', {
      disabled: !allowed,
      onclick: () => tell(word),
    }, word[0].toUpperCase() + word.slice(1));
    buttons.replaceChildren(
      steer('pause', now.state === 'running'),
      steer('resume', now.state === 'paused'),
      steer('cancel', !FINAL.includes(now.state)),
      el('button', { onclick: replay }, 'Replay'));
    if (now.progress) {
      follow(shown);
    }
  }

  function follow(now) {
    const done = now.progress;
    const samples = Object.values(done.samples_accepted).reduce((sum, of) => sum + of, 0);
    const lost = done.captions_lost + done.embeddings_lost + done.samples_lost;
    history.add([done.captions_accepted, samples, lost]);
    plot.show(history.columns());
    const rates = [history.rate(0), 0, history.rate(1)];
    progress.replaceChildren(
      ...steps(now).map((step, i) => panel(step, now.state === 'running' ? rates[Math.min(i, 2)] : 0)),
      cost(now));
    const causes = Object.entries(done.losses);
    losses.replaceChildren(...(causes.length === 0 ? [] : [
      el('h2', {}, 'What was lost'),
      el('table', {}, ...causes.map(([cause, of]) =>
        el('tr', {}, el('td', {}, cause.replaceAll('_', ' ')), el('td', { className: 'number' }, count(of)))))]));
  }

  function panel(step, rate) {
    const left = rate > 0 ? (step.total - step.done) / rate : NaN;
    return el('div', { className: 'panel' },
      el('div', { className: 'label' }, step.name),
      el('div', { className: 'figure' }, `${count(step.done)} of ${count(step.total)}`),
      el('progress', { max: Math.max(step.total, 1), value: step.done, 'aria-label': step.name }),
      el('div', { className: 'soft' },
        [rate > 0 ? `${count(rate * 60)} a minute` : '', duration(left) ? `${duration(left)} left` : ''].filter(Boolean).join(' · ')));
  }

  function cost(now) {
    const part = share(now);
    const whole = Object.fromEntries(Object.entries(now.spent?.price ?? {}).map(
      ([currency, amount]) => [currency, Number(amount) / Math.max(part, 1e-9)]));
    return el('div', { className: 'panel' },
      el('div', { className: 'label' }, 'cost so far'),
      el('div', { className: 'figure' }, money(now.spent?.price)),
      el('div', { className: 'soft' },
        `${count(now.spent?.calls ?? 0)} calls, ${count(now.spent?.input_tokens ?? 0)} tokens in, ${count(now.spent?.output_tokens ?? 0)} out`),
      part > 0.01 && part < 1 ? el('div', { className: 'soft' }, `about ${money(whole)} at the end`) : '');
  }

  async function tell(word) {
    if (word === 'cancel' && !confirm(`Cancel ${id} for good? What its journal holds stays.`)) {
      return;
    }
    try {
      show(await post(`${path}/${word}`));
    } catch (problem) {
      alert(problem.message);
    }
  }

  function replay() {
    const formats = el('input', { name: 'formats', value: 'trainer, parquet', 'aria-label': 'Formats' });
    const until = el('input', { name: 'until', inputMode: 'numeric', placeholder: 'all facts', 'aria-label': 'Until fact' });
    ask('Replay', [
      el('p', { className: 'soft' }, 'Makes another dataset of the journal; costs no call.'),
      el('p', { className: 'row' }, el('label', {}, 'Formats ', formats), el('label', {}, 'Until fact ', until)),
    ], 'Replay', async () => {
      const wanted = { recipe: { dataset: { formats: formats.value.split(',').map((name) => name.trim()).filter(Boolean) } } };
      if (until.value.trim()) {
        wanted.until = Number(until.value);
      }
      try {
        await post(`${path}/replays`, wanted);
        return '';
      } catch (problem) {
        return problem.message;
      }
    });
  }

  function watch() {
    const events = new EventSource(`${path}/events`);
    const changed = (event) => { connected(true); show(JSON.parse(event.data)); };
    events.addEventListener('state', changed);
    events.addEventListener('progress', changed);
    events.addEventListener('end', (event) => { changed(event); events.close(); });
    events.addEventListener('error', () => connected(false));
    ends.push(() => events.close());
  }

  get(path).then((now) => {
    spec = now.spec;
    show(now);
    watch();
    ends.push(every(4000, endpoints(main)), every(4000, datasets(main, path)), every(5000, records(main, path)));
  }, (problem) => head.append(el('p', { className: 'problem' }, problem.message)));
  return () => ends.forEach((end) => end());
}
