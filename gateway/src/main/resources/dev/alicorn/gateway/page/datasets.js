import { every, get, post } from './api.js';
import { el, keyed, say } from './dom.js';
import { bytes, duration, line } from './format.js';

/** The datasets, and the replays that make more. */
export function datasets(main, path) {
  const none = el('p', { className: 'soft' }, 'None yet; one is made when the job is completed.');
  const under = el('ul', { className: 'cards' });
  const made = el('div', { className: 'cards' });
  main.append(el('h2', {}, 'Datasets'), none, under, made);
  const showReplays = keyed(under, (one) => one.name, (one) => replay(one.name, path, () => polling.now()));
  const showDatasets = keyed(made, (one) => one.name, (one) => ({ node: dataset(one, path) }));
  const polling = every(4000, async () => {
    const [finished, asked] = await Promise.all([get(`${path}/datasets`), get(`${path}/replays`)]);
    const names = new Set(finished.datasets.map((one) => one.name));
    // The newest of each name; of one that was made, its dataset is shown.
    const replays = [...new Map(asked.replays.map((one) => [one.name, one])).values()]
      .filter((one) => one.state !== 'completed' && !names.has(one.name));
    showReplays(replays);
    showDatasets(finished.datasets);
    none.hidden = finished.datasets.length + replays.length > 0;
    under.hidden = replays.length === 0;
  });
  return polling;
}

function replay(name, path, changed) {
  const told = el('span');
  const cancel = el('button', { onclick: () =>
    post(`${path}/replays/${encodeURIComponent(name)}/cancel`).then(changed, (problem) => say(told, problem.message)) }, 'Cancel replay');
  return {
    node: el('li', { className: 'card row spread' }, told, cancel),
    show: (one) => {
      say(told, line(`${name} is ${one.state}`,
        one.stage && `${one.stage} ${Math.floor(100 * one.done / Math.max(one.total, 1))} %`,
        one.seconds_left > 0 && `${duration(one.seconds_left)} left`, one.detail));
      cancel.hidden = one.state !== 'waiting' && one.state !== 'running';
    },
  };
}

function dataset(one, path) {
  const folder = `${path}/datasets/${encodeURIComponent(one.name)}`;
  const address = (file) => `${folder}/files/${file.split('/').map(encodeURIComponent).join('/')}`;
  return el('details', { className: 'panel' },
    el('summary', {}, `${one.name}, ${bytes(one.bytes)}`),
    el('p', {}, el('a', { href: `${folder}/tar`, download: `${one.name}.tar` }, 'Everything as a tar')),
    el('div', { className: 'scroll', tabIndex: 0, role: 'region', 'aria-label': `Files of ${one.name}` }, el('table', {},
      el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'file'), el('th', { scope: 'col', className: 'number' }, 'size'),
        el('th', { scope: 'col' }, 'SHA-256'))),
      el('tbody', {}, ...one.files.map((file) => el('tr', {},
        el('td', {}, el('a', { href: address(file.file), download: file.file.split('/').at(-1) }, file.file)),
        el('td', { className: 'number' }, bytes(file.bytes)),
        el('td', {}, el('code', { title: file.sha256 }, file.sha256.slice(0, 12)))))))));
}
