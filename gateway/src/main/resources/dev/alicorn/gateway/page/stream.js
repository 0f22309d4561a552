const WAIT_MILLIS_MIN = 1_000;
const WAIT_MILLIS_MAX = 30_000;

/**
 * A job's events while the page is seen, opened anew whenever they break off. A browser opens few
 * connections to a daemon, which hidden pages must not hold.
 *
 * `ensure` opens them again behind their end, `end` ends them for good.
 */
export function follow(path, changed) {
  let source = null;
  let timer;
  let wait = WAIT_MILLIS_MIN;
  let ended = false;

  function close() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  function open() {
    close();
    if (document.hidden || ended) {
      return;
    }
    const opened = new EventSource(path);
    source = opened;
    const take = (event) => changed(JSON.parse(event.data));
    opened.addEventListener('open', () => { wait = WAIT_MILLIS_MIN; });
    opened.addEventListener('state', take);
    opened.addEventListener('progress', take);
    opened.addEventListener('end', (event) => {
      close();
      take(event);
    });
    opened.addEventListener('error', () => {
      // Otherwise the browser opens it again by itself.
      if (opened.readyState === EventSource.CLOSED) {
        timer = setTimeout(open, wait);
        wait = Math.min(2 * wait, WAIT_MILLIS_MAX);
      }
    });
  }

  document.addEventListener('visibilitychange', open);
  open();
  return {
    ensure: () => source ?? open(),
    end: () => {
      ended = true;
      document.removeEventListener('visibilitychange', open);
      close();
    },
  };
}
