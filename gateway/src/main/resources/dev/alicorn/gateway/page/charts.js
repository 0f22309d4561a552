import uPlot from './uplot.js';

const POINTS_MAX = 720;

/** Values over time in memory, thinned out to every other point when they are many. */
export class History {
  constructor() {
    this.rows = [];
    this.stride = 1;
    this.skipped = 0;
  }

  add(values) {
    this.skipped += 1;
    if (this.skipped < this.stride) {
      return;
    }
    this.skipped = 0;
    this.rows.push([Date.now() / 1000, ...values]);
    if (this.rows.length > POINTS_MAX) {
      this.rows = this.rows.filter((_, i) => i % 2 === 0);
      this.stride *= 2;
    }
  }

  columns() {
    return this.rows[0] ? this.rows[0].map((_, column) => this.rows.map((row) => row[column])) : [[]];
  }

  /** How much a value grew a second, over the last minute that is there. */
  rate(column) {
    const last = this.rows.at(-1);
    const first = this.rows.find((row) => last && last[0] - row[0] <= 60);
    return first && last[0] > first[0] ? (last[column + 1] - first[column + 1]) / (last[0] - first[0]) : 0;
  }
}

/** A chart of some series that grows with its history. */
export function chart(parent, names) {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const colours = ['--accent', '--good', '--warn', '--bad'].map(colour);
  const axis = { stroke: colour('--soft'), grid: { stroke: colour('--line') }, ticks: { stroke: colour('--line') } };
  const plot = new uPlot({
    width: parent.clientWidth || 300,
    height: 190,
    cursor: { drag: { x: false, y: false } },
    axes: [axis, { ...axis, size: 64 }],
    series: [{}, ...names.map((label, i) => ({ label, stroke: colours[i % colours.length], width: 2, points: { show: false } }))],
  }, [[], ...names.map(() => [])], parent);
  const resized = new ResizeObserver(() => plot.setSize({ width: parent.clientWidth, height: 190 }));
  resized.observe(parent);
  return {
    show: (columns) => plot.setData(columns),
    close: () => { resized.disconnect(); plot.destroy(); },
  };
}
