/** An element with properties and children; text goes in as text alone. */
export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) {
      made.addEventListener(name.slice(2), value);
    } else if (name in made && name !== 'list') {
      made[name] = value;
    } else {
      made.setAttribute(name, value);
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function state(job) {
  return el('span', { className: `state ${job.state}` }, job.reason ? `${job.state}: ${job.reason}` : job.state);
}

/** Opens a dialog with a form; `submit` gives the sentence of a problem, or nothing when it is done. */
export function ask(title, fields, action, submit) {
  const problem = el('p', { className: 'problem', role: 'alert' });
  const dialog = el('dialog', { 'aria-label': title });
  const form = el('form', { method: 'dialog', onsubmit: async (event) => {
    event.preventDefault();
    const wrong = await submit(new FormData(form));
    if (wrong) {
      problem.textContent = wrong;
    } else {
      dialog.close();
    }
  } },
  el('h2', {}, title), ...fields, problem,
  el('p', { className: 'row' },
    el('button', { className: 'main' }, action),
    el('button', { type: 'button', onclick: () => dialog.close() }, 'Close')));
  dialog.append(form);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
