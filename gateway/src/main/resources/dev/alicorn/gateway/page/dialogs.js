import { post, postText, Trouble } from './api.js';
import { el } from './dom.js';

const QUICK_START = JSON.stringify({ name: 'quick-start', seeds: [{ builtin: 'quick-start' }] }, null, 2);

/** Opens a dialog; `submit` does what it is for, and the sentence of a trouble keeps it open. */
function ask(title, about, fields, action, submit) {
  const problem = el('p', { className: 'problem', role: 'alert' });
  const go = el('button', { className: 'main' }, action);
  const heading = el('h2', { id: 'asked' }, title);
  const form = el('form', { method: 'dialog', onsubmit: async (event) => {
    event.preventDefault();
    go.disabled = true;
    problem.textContent = '';
    try {
      await submit();
      dialog.close();
    } catch (trouble) {
      if (!(trouble instanceof Trouble)) {
        throw trouble;
      }
      problem.textContent = trouble.message;
    } finally {
      go.disabled = false;
    }
  } },
  heading, el('p', { className: 'soft' }, about), ...fields, problem,
  el('p', { className: 'row' }, go, el('button', { type: 'button', onclick: () => dialog.close() }, 'Close')));
  const dialog = el('dialog', { 'aria-labelledby': heading.id, onclose: () => dialog.remove() }, form);
  document.body.append(dialog);
  dialog.showModal();
}

function field(label, input) {
  return el('label', { className: 'field' }, el('span', { className: 'label' }, label), input);
}

/** 128 random bits; `crypto.randomUUID` is only there over TLS and on the daemon's own machine. */
function randomKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function beginJob() {
  const text = el('textarea', { value: QUICK_START, 'aria-label': 'The job as JSON', spellcheck: false });
  let key = randomKey();
  text.addEventListener('input', () => { key = randomKey(); });
  ask('New job', 'The keys of a job file, as JSON.', [text], 'Begin', async () => {
    const job = await postText('/v1/jobs', text.value, { 'Idempotency-Key': key });
    location.hash = `#/jobs/${job.id}`;
  });
}

export function cancelJob(id, cancel) {
  ask(`Cancel ${id}?`, 'It ends for good. What its journal holds stays, and can be replayed.', [], 'Cancel the job', cancel);
}

export function sealJob(id, path) {
  ask(`Seal ${id}?`, 'No seed follows; the instructions are drawn from those that are there.', [], 'Seal',
    () => post(`${path}/seal`));
}

/** Resumes a job, under other caps where some are named. */
export function resumeJob(id, path, budget, shown) {
  const caps = [['calls', 'Calls'], ['tokens', 'Tokens, in and out'], ['money', 'Money']]
    .map(([name, label]) => ({ name, label, input: el('input', { inputMode: 'decimal', placeholder: 'no cap', value: budget?.[name] ?? '' }) }));
  ask(`Resume ${id}`, 'It pauses before it passes a cap; an empty one stays as it is.',
    [el('div', { className: 'fields' }, ...caps.map((cap) => field(cap.label, cap.input)))], 'Resume', async () => {
      const named = caps.filter((cap) => cap.input.value.trim());
      shown(await post(`${path}/resume`, {
        budget: Object.fromEntries(named.map((cap) => [cap.name, cap.input.value.trim()])),
      }));
    });
}

export function replayJob(path, spec, begun) {
  const name = el('input', { placeholder: 'replay-1 and so on', autocapitalize: 'none', spellcheck: false });
  const until = el('input', { inputMode: 'numeric', placeholder: 'all facts' });
  const formats = ['trainer', 'parquet', 'jsonl', 'safetensors', 'npy', 'webdataset'].map((format) =>
    el('input', { type: 'checkbox', value: format, checked: spec.dataset.formats.includes(format) }));
  // The images that re-align needs are part of a job that names them.
  const methods = ['mean-shift', ...(spec.transfer.anchor ? ['re-align'] : []), 'c3', 'none'];
  const method = el('select', {}, ...methods.map((value) =>
    el('option', { value, selected: value === spec.transfer.method }, value)));
  const normalise = el('input', { type: 'checkbox', checked: spec.transfer.normalise });
  ask('Replay', 'Makes another dataset of the journal; costs no call.', [
    el('div', { className: 'fields' }, field('Name', name), field('Up to fact', until), field('Transfer method', method)),
    el('p', { className: 'row' },
      ...formats.map((format) => el('label', {}, format, ` ${format.value}`)),
      el('label', {}, normalise, ' vectors of length 1')),
  ], 'Replay', async () => {
    const wanted = {
      recipe: {
        transfer: ['mean-shift', 'none'].includes(method.value)
          ? { method: method.value, normalise: normalise.checked }
          : { method: method.value },
        dataset: { formats: formats.filter((format) => format.checked).map((format) => format.value) },
      },
    };
    if (name.value.trim()) {
      wanted.name = name.value.trim();
    }
    if (until.value.trim()) {
      wanted.until = Number(until.value);
    }
    await post(`${path}/replays`, wanted);
    begun();
  });
}
