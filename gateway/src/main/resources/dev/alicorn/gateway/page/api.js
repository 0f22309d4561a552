/** A request to the daemon; a problem is thrown with its sentence as message. */
async function request(method, path, body, headers = {}) {
  const response = await fetch(path, {
    method,
    headers: body === undefined ? headers : { 'Content-Type': 'application/json', ...headers },
    body,
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(answer.detail ?? `the daemon answers with status ${response.status}`);
  }
  return answer;
}

export const get = (path) => request('GET', path);
export const post = (path, body, headers) =>
  request('POST', path, body === undefined ? undefined : JSON.stringify(body), headers);
export const postText = (path, text, headers) => request('POST', path, text, headers);

/** Does something again and again while the page is seen; gives what ends it. */
export function every(milliseconds, work) {
  let timer;
  const turn = async () => {
    if (!document.hidden) {
      await work().then(() => connected(true), () => connected(false));
    }
    timer = setTimeout(turn, milliseconds);
  };
  turn();
  return () => clearTimeout(timer);
}

export function connected(yes) {
  document.getElementById('connection').textContent = yes ? '' : 'The daemon does not answer; trying again';
}
