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

/** Sets the text of an element, which hides it where there is none; what stays is not touched. */
export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
  element.hidden = text === '';
}

/**
 * Keeps the children of an element in step with a list: `make` gives the `node` of an item that is
 * new, and `show`, if it can change. Whoever stays keeps its focus and what is open in it.
 */
export function keyed(parent, keyOf, make) {
  const parts = new Map();
  return (items) => {
    const keys = new Set(items.map(keyOf));
    for (const [key, part] of parts) {
      if (!keys.has(key)) {
        part.node.remove();
        parts.delete(key);
      }
    }
    items.forEach((item, i) => {
      const key = keyOf(item);
      const part = parts.get(key) ?? make(item);
      parts.set(key, part);
      part.show?.(item);
      if (parent.children[i] !== part.node) {
        parent.insertBefore(part.node, parent.children[i] ?? null);
      }
    });
  };
}

/** A job's state, as a word with a sign. */
export function state() {
  const node = el('span');
  return {
    node,
    show: (job) => {
      node.className = `state ${job.state}`;
      say(node, job.reason ? `${job.state}: ${job.reason}` : job.state);
    },
  };
}

/** A choice with an entry for all. */
export function choice(label, all, values, onchange) {
  return el('select', { 'aria-label': label, onchange },
    el('option', { value: '' }, all), ...values.map((value) => el('option', { value }, value)));
}
