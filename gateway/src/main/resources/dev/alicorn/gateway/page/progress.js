import { el, keyed, say } from './dom.js';
import { amount, count, duration, line, many, money, words } from './format.js';
import { left, rate, share, steps } from './steps.js';

/** A job's steps with rate and time left, its cost, and its losses; gives what brings them up to date. */
export function progress(main) {
  const grid = el('div', { className: 'grid' });
  const losses = el('tbody');
  const lost = el('section', { hidden: true }, el('h2', {}, 'What was lost'), el('table', {}, losses));
  main.append(el('h2', {}, 'Progress'), grid, lost);
  const showPanels = keyed(grid, (of) => of.series, (of) => of.series === 'cost' ? cost() : step());
  const showLosses = keyed(losses, ([cause]) => cause, loss);
  return (job, history) => {
    const rated = steps(job).map((of) => ({
      ...of,
      running: job.state === 'running',
      rate: job.state === 'running' ? rate(history, of.series) : 0,
    }));
    showPanels([...rated, { series: 'cost', job }]);
    const causes = Object.entries(job.progress?.losses ?? {});
    lost.hidden = causes.length === 0;
    showLosses(causes);
  };
}

/** The seconds until all steps are done, which run side by side; NaN where that is not known. */
export function timeLeft(job, history) {
  return job.state === 'running' && job.progress
    ? Math.max(0, ...steps(job).map((of) => left(of, rate(history, of.series)))) : NaN;
}

function step() {
  const label = el('div', { className: 'label' });
  const figure = el('div', { className: 'figure' });
  const bar = el('progress');
  const pace = el('div', { className: 'soft' });
  return {
    node: el('div', { className: 'panel' }, label, figure, bar, pace),
    show: (of) => {
      const seconds = left(of, of.rate);
      const known = of.total >= 0;
      say(label, of.name);
      say(figure, known ? `${count(of.done)} of ${count(of.total)}` : count(of.done));
      bar.hidden = !known;
      bar.max = known ? Math.max(of.total, 1) : 1;
      bar.value = Math.min(of.done, bar.max);
      bar.ariaLabel = of.name;
      say(pace, line(
        of.rate > 0 && `${of.rate * 60 < 10 ? (of.rate * 60).toFixed(1) : count(of.rate * 60)} a minute`,
        seconds > 0 && `${duration(seconds)} left`,
        !known && 'not all seeds are read yet',
        of.done >= of.total && 'done',
        of.running && of.done < of.total && of.rate === 0 && (of.done === 0 ? 'not begun' : 'nothing in the last minute')));
    },
  };
}

function cost() {
  const figure = el('div', { className: 'figure' });
  const calls = el('div', { className: 'soft' });
  const end = el('div', { className: 'soft' });
  const caps = el('div', { className: 'soft' });
  return {
    node: el('div', { className: 'panel' }, el('div', { className: 'label' }, 'cost'), figure, calls, end, caps),
    show: ({ job }) => {
      const spent = job.spent ?? { calls: 0, input_tokens: 0, output_tokens: 0, price: {} };
      const part = share(job);
      const prices = Object.entries(spent.price);
      say(figure, money(spent.price));
      say(calls, line(many(spent.calls, 'call'), `${many(spent.input_tokens, 'token')} in`, `${count(spent.output_tokens)} out`));
      say(end, part > 0.01 && part < 1 && prices.length > 0
        ? `about ${prices.map(([currency, of]) => `${amount(of / part)} ${currency}`).join(' + ')} at the end` : '');
      const budget = job.spec.budget ?? {};
      const tokens = spent.input_tokens + spent.output_tokens;
      say(caps, Object.keys(budget).length === 0 ? '' : `budget: ${line(
        budget.calls !== undefined && `${count(spent.calls)} of ${many(budget.calls, 'call')}`,
        budget.tokens !== undefined && `${count(tokens)} of ${many(budget.tokens, 'token')}`,
        budget.money !== undefined && `${amount(prices.reduce((sum, [, of]) => sum + Number(of), 0))} of ${amount(budget.money)}`)}`);
    },
  };
}

function loss([cause]) {
  const number = el('td', { className: 'number' });
  return {
    node: el('tr', {}, el('th', { scope: 'row' }, words(cause)), number),
    show: ([, of]) => say(number, count(of)),
  };
}
