// The control interface of the emulator, one function a call: the page knows nothing else of the server.

async function ask(path, { query, body, signal, limit } = {}) {
  const address = query ? `${path}?${new URLSearchParams(query)}` : path;
  const stop = limit ? AbortSignal.any([AbortSignal.timeout(limit), ...(signal ? [signal] : [])]) : signal;
  const send = body === undefined ? {} : body instanceof FormData
    ? { method: "POST", body }
    : { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  const answer = await fetch(address, { ...send, signal: stop, cache: "no-store" });
  if (!answer.ok) throw new Refused(answer.status, await answer.text());
  return answer.json();
}

/** The server answered, and said no. */
export class Refused extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

const card = (id) => `/emulator/cards/${encodeURIComponent(id)}`;

export const api = {
  people: () => ask("/emulator/people", { limit: 10_000 }),
  conversations: (viewer) => ask("/emulator/conversations", { query: { viewer }, limit: 10_000 }),
  messages: (viewer, conversation) => ask("/emulator/messages", { query: { viewer, conversation }, limit: 10_000 }),
  changes: (viewer, after, wait, signal) =>
    ask("/emulator/changes", { query: { viewer, after, wait }, signal, limit: (wait + 10) * 1000 }),
  card: (viewer, id) => ask(card(id), { query: { viewer }, limit: 10_000 }),
  tap: (viewer, id, button, form) => ask(`${card(id)}/tap`, { body: { by: viewer, button, ...(form ? { form } : {}) }, limit: 15_000 }),
  send: (message) => ask("/emulator/messages", { body: message, limit: 10_000 }),
  read: (viewer, conversation) => ask("/emulator/read", { body: { viewer, conversation }, limit: 10_000 }),
  clock: (record) => ask("/emulator/attendance", { body: record, limit: 10_000 }),
  checkIn: (record) => ask("/emulator/checkins", { body: record, limit: 10_000 }),
  templates: (viewer) => ask("/emulator/reports", { query: { viewer }, limit: 10_000 }),
  report: (log) => ask("/emulator/reports", { body: log, limit: 10_000 }),
  upload: (data) => ask("/emulator/files", { body: data, limit: 60_000 }),
};
