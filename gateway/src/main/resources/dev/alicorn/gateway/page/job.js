import { every, get, post, Trouble } from './api.js';
import { overTime } from './charts.js';
import { datasets } from './datasets.js';
import { cancelJob, replayJob, resumeJob, sealJob } from './dialogs.js';
import { el, say, state } from './dom.js';
import { endpoints } from './endpoints.js';
import { duration, line, when } from './format.js';
import { limited } from './limits.js';
import { progress, timeLeft } from './progress.js';
import { records } from './records.js';
import { steps } from './steps.js';
import { follow } from './stream.js';

const FINAL = ['completed', 'cancelled', 'failed'];

/** One job, live; gives what ends it. */
export function job(main, id) {
  document.title = `${id} · Alicorn`;
  const path = `/v1/jobs/${encodeURIComponent(id)}`;
  let now = null;
  let history = { at_millis: [], series: {} };
  let serving = [];

  const status = state();
  const about = el('p', { className: 'soft', hidden: true });
  const limit = el('p', { className: 'limit', hidden: true });
  const trouble = el('p', { className: 'problem', role: 'alert', hidden: true });
  const buttons = actions();
  main.append(
    el('p', {}, el('a', { href: '#/' }, '← All jobs')),
    el('div', { className: 'row spread' }, el('h1', {}, id), el('span', { role: 'status' }, status.node)),
    about, limit, buttons.node, trouble);
  const showProgress = progress(main);
  const charts = overTime(main);

  function show(job) {
    now = { ...job, spec: job.spec ?? now?.spec };
    if (!now.spec) {
      return;
    }
    const seconds = timeLeft(now, history);
    status.show(now);
    say(about, line(now.name, `begun ${when(now.created_at)}`, seconds > 0 && `about ${duration(seconds)} left`));
    say(limit, limited(now, serving));
    buttons.show(now);
    showProgress(now, history);
    charts.show(history, steps(now), Object.keys(now.spent?.price ?? {}));
  }

  /** Buttons that stay where they are; one that a click takes away leaves its focus to the next. */
  function actions() {
    const doing = {
      Pause: { fits: (job) => job.state === 'running' || job.state === 'draining', click: () => tell(() => post(`${path}/pause`)) },
      Resume: { fits: (job) => job.state === 'paused', click: () => resumeJob(id, path, now.spec.budget, show) },
      Seal: {
        fits: (job) => job.state === 'running' && job.progress?.sealed === false && job.spec.seeds.some((seed) => seed.stream),
        click: () => sealJob(id, path),
      },
      Replay: { fits: () => true, click: () => replayJob(path, now.spec, () => made.now()) },
      Cancel: { fits: (job) => !FINAL.includes(job.state), click: () => cancelJob(id, async () => show(await post(`${path}/cancel`))) },
    };
    const all = Object.entries(doing).map(([word, { fits, click }]) => ({ fits, node: el('button', { hidden: true, onclick: click }, word) }));
    return {
      node: el('div', { className: 'row' }, ...all.map((one) => one.node)),
      show: (job) => {
        const focused = all.findIndex((one) => one.node === document.activeElement);
        all.forEach((one) => { one.node.hidden = !one.fits(job); });
        if (all[focused]?.node.hidden) {
          [...all.slice(focused), ...all].find((one) => !one.node.hidden).node.focus();
        }
      },
    };
  }

  async function tell(order) {
    try {
      show(await order());
      say(trouble, '');
    } catch (problem) {
      if (!(problem instanceof Trouble)) {
        throw problem;
      }
      say(trouble, problem.message);
    }
  }

  const events = follow(`${path}/events`, show);
  // Beside the events: the spec, whose budget can change, and whatever a broken stream has missed.
  const polling = every(4000, async () => {
    const [whole, past] = await Promise.all([get(path), get(`${path}/history`)]);
    history = past;
    show(whole);
    if (!FINAL.includes(whole.state)) {
      events.ensure();
    }
  });
  const table = endpoints(main, (found) => {
    serving = found;
    if (now?.spec) {
      say(limit, limited(now, serving));
    }
  });
  const made = datasets(main, path);
  const newest = records(main, path);
  return () => {
    events.end();
    charts.end();
    [polling, table, made, newest].forEach((one) => one.end());
  };
}
