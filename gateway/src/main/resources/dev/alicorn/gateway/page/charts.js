import { el, say } from './dom.js';
import { amount, compact } from './format.js';
import uPlot from './uplot.js';

const HEIGHT = 176;
const COLOURS = 6;

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The times below a chart, as finely as its span needs. */
function times(plot, splits) {
  const span = splits.at(-1) - splits[0];
  const shape = span > 2 * 86_400 ? { month: 'short', day: 'numeric' }
    : { hour: '2-digit', minute: '2-digit', ...(span < 600 ? { second: '2-digit' } : {}) };
  return splits.map((time) => new Date(time * 1000).toLocaleString([], { hour12: false, ...shape }));
}

/** A chart over time with a legend that tells the values under the pointer, or else the newest. */
export function chart(parent, title, names, written = compact) {
  const values = names.map(() => el('span', { className: 'value' }));
  const legend = el('ul', { className: 'legend' },
    ...names.map((name, i) => el('li', { className: `key colour-${i % COLOURS + 1}` }, `${name} `, values[i])));
  const canvas = el('div', { className: 'canvas' });
  const figure = el('figure', { className: 'panel' }, el('figcaption', {}, title), legend, canvas);
  parent.append(figure);

  const axis = {
    font: '12px system-ui, sans-serif',
    stroke: () => colour('--soft'),
    grid: { stroke: () => colour('--line'), width: 1 },
    ticks: { stroke: () => colour('--line'), width: 1 },
  };
  const plot = new uPlot({
    width: canvas.clientWidth || 300,
    height: HEIGHT,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { show: false }, sync: { key: 'time' } },
    scales: { y: { range: (_, low, high) => [0, high > 0 ? high * 1.05 : 1] } },
    axes: [
      { ...axis, space: 80, size: 32, values: times },
      { ...axis, size: 56, values: (_, splits) => splits.map(written) },
    ],
    series: [{}, ...names.map((_, i) => ({
      stroke: () => colour(`--series-${i % COLOURS + 1}`), width: 2, points: { show: false },
    }))],
    hooks: { setCursor: [tell] },
  }, [[], ...names.map(() => [])], canvas);

  function tell() {
    const at = plot.cursor.idx ?? plot.data[0].length - 1;
    values.forEach((value, i) => say(value, at < 0 ? '' : written(plot.data[i + 1][at] ?? 0)));
  }

  const resized = new ResizeObserver(() => plot.setSize({ width: canvas.clientWidth, height: HEIGHT }));
  resized.observe(canvas);
  const theme = matchMedia('(prefers-color-scheme: dark)');
  const redrawn = () => plot.redraw(false);
  theme.addEventListener('change', redrawn);
  return {
    show: (columns) => {
      plot.setData(columns);
      tell();
    },
    close: () => {
      resized.disconnect();
      theme.removeEventListener('change', redrawn);
      plot.destroy();
    },
  };
}

/** What a value grew a minute around each moment, smoothed over a fiftieth of the whole. */
function perMinute(at, values) {
  const window = Math.max(30_000, (at.at(-1) - at[0]) / 50);
  let first = 0;
  const rates = values.map((value, i) => {
    while (first + 1 < i && at[first + 1] <= at[i] - window) {
      first += 1;
    }
    return at[i] > at[first] ? Math.max(0, value - values[first]) * 60_000 / (at[i] - at[first]) : 0;
  });
  return [rates[1], ...rates.slice(1)];
}

/** A job's charts; `show` brings them up to its history. */
export function overTime(main) {
  const heading = el('h2', {}, 'Over time');
  const note = el('p', { className: 'soft' }, 'The charts begin with what is done since the daemon started.');
  const parent = el('div', { className: 'charts' });
  main.append(heading, note, parent);
  let open = [];
  let ended = false;
  return {
    show: (history, steps, currencies) => {
      const at = history.at_millis;
      note.hidden = at.length > 1;
      if (ended || at.length < 2 || steps.length === 0) {
        return;
      }
      const names = steps.map((step) => step.name);
      if (open.length === 0) {
        open = [
          chart(parent, 'Done', [...names, 'lost']),
          chart(parent, 'Rows a minute', names),
          chart(parent, 'Tokens', ['in', 'out']),
        ];
      }
      const priced = history.series.price.at(-1) > 0;
      if (priced && open.length === 3) {
        open.push(chart(parent, `Cost, ${currencies.join(' + ')}`, ['cost'], amount));
      }
      const seconds = at.map((time) => time / 1000);
      const done = steps.map((step) => history.series[step.series]);
      const columns = [
        [...done, history.series.lost],
        done.map((values) => perMinute(at, values)),
        [history.series.input_tokens, history.series.output_tokens],
        [history.series.price],
      ];
      open.forEach((one, i) => one.show([seconds, ...columns[i]]));
    },
    end: () => {
      ended = true;
      open.forEach((one) => one.close());
    },
  };
}
