import { jobs } from './jobs.js';
import { job } from './job.js';

const main = document.getElementById('main');
let leave = () => {};

/** Shows what the address names; what was shown before ends its timers and streams. */
function route() {
  leave();
  document.querySelectorAll('dialog').forEach((dialog) => dialog.close());
  main.replaceChildren();
  const named = location.hash.match(/^#\/jobs\/([^/]+)$/);
  leave = named ? job(main, decodeURIComponent(named[1])) : jobs(main);
}

addEventListener('hashchange', () => {
  route();
  main.focus();
  scrollTo(0, 0);
});
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
route();
