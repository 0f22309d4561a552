const ANSWER_MILLIS_MAX = 30_000;

/** Why a request came to nothing, as a sentence: the daemon refused it, or did not answer. */
export class Trouble extends Error {}

async function request(method, path, body, headers = {}) {
  let response;
  let answer;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? headers : { 'Content-Type': 'application/json', ...headers },
      body,
      // What changes something may take long, such as resuming with a model to be loaded.
      signal: method === 'GET' ? AbortSignal.timeout(ANSWER_MILLIS_MAX) : undefined,
    });
    answer = await response.json();
  } catch {
    answer = {};
  }
  if (!response?.ok) {
    throw new Trouble(response
      ? answer.detail ?? `the daemon answers with status ${response.status}`
      : 'the daemon does not answer');
  }
  return answer;
}

export const get = (path) => request('GET', path);
export const post = (path, body, headers) =>
  request('POST', path, body === undefined ? undefined : JSON.stringify(body), headers);
export const postText = (path, text, headers) => request('POST', path, text, headers);

const troubles = new Map();

/** What one part of the page hears from the daemon; the header tells of each that hears nothing. */
export function link() {
  const part = Symbol();
  const tell = () => {
    const why = [...new Set(troubles.values())].map((sentence) => `${sentence}; trying again`).join('. ');
    document.getElementById('connection').textContent = why;
  };
  return {
    holds: () => troubles.delete(part) && tell(),
    fails: (why) => { troubles.set(part, why); tell(); },
  };
}

/** Does something again and again while the page is seen: `now` does it at once, `end` ends it. */
export function every(milliseconds, work) {
  const connection = link();
  let timer;
  let busy = false;
  let again = false;
  let ended = false;

  async function once() {
    try {
      await work();
      connection.holds();
    } catch (trouble) {
      if (!(trouble instanceof Trouble)) {
        throw trouble;
      }
      if (!ended) {
        connection.fails(trouble.message);
      }
    }
  }

  async function now() {
    if (busy) {
      again = true;
      return;
    }
    clearTimeout(timer);
    busy = true;
    do {
      again = false;
      if (!document.hidden && !ended) {
        await once();
      }
    } while (again);
    busy = false;
    if (!ended) {
      timer = setTimeout(now, milliseconds);
    }
  }

  document.addEventListener('visibilitychange', now);
  now();
  return {
    now,
    end: () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', now);
      connection.holds();
    },
  };
}
