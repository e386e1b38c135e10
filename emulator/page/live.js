// Keeps the window true without a reload: one long poll, and a fresh start whenever the server was away.
import { api } from "./api.js";
import { change, put, read } from "./state.js";
import { plainLine } from "./markdown.js";
import { BOT, groupOf, nameOf } from "./people.js";

const WAIT_SECONDS = 25;
const LONGEST_PAUSE = 3000;
let following = new AbortController();

/** Follows what this person sees until somebody else sits down. */
export function follow(viewer) {
  following.abort();
  following = new AbortController();
  void run(viewer, following.signal);
}

async function run(viewer, signal) {
  let after = null;
  let failures = 0;
  while (!signal.aborted) {
    try {
      after = after === null ? await start(viewer, signal) : await next(viewer, after, signal);
      failures = 0;
      if (!signal.aborted && !read().connected) change({ connected: true });
    } catch {
      if (signal.aborted) return;
      after = null;
      failures += 1;
      change({ connected: false });
      await new Promise((done) => setTimeout(done, Math.min(LONGEST_PAUSE, 250 * 2 ** failures)));
    }
  }
}

async function start(viewer, signal) {
  const [organization, answer] = await Promise.all([api.people(), api.changes(viewer, 0, 0, signal)]);
  if (signal.aborted) return null;
  const messages = {};
  for (const item of answer.items) (messages[item.conversation] ??= new Map()).set(item.seq, item);
  change({ organization, messages: Object.fromEntries(Object.entries(messages).map(([key, items]) => [key, [...items.values()]])) });
  await Promise.all([loadConversations(viewer, signal), ...Object.keys(read().cards).map((id) => loadCard(id))]);
  return answer.last;
}

async function next(viewer, after, signal) {
  const answer = await api.changes(viewer, after, WAIT_SECONDS, signal);
  if (signal.aborted) return null;
  if (answer.last < after) return null;
  if (answer.items.length) {
    take(answer.items);
    await loadConversations(viewer, signal);
  }
  return answer.last;
}

function take(items) {
  const messages = { ...read().messages };
  for (const item of items) {
    const before = messages[item.conversation] ?? [];
    if (item.recalled) {
      messages[item.conversation] = before.filter((other) => other.seq !== item.seq);
      continue;
    }
    const known = before.findIndex((other) => other.seq === item.seq);
    messages[item.conversation] = known < 0 ? [...before, item] : before.with(known, item);
    if (known < 0) announce(item);
    if (item.outTrackId && read().cards[item.outTrackId]) void loadCard(item.outTrackId);
  }
  change({ messages });
}

function announce(item) {
  if (item.from === read().viewer) return;
  change({ spoken: `${nameOf(item.from)}：${plainLine(item.title || item.text)}` });
}

async function loadConversations(viewer, signal) {
  const { conversations } = await api.conversations(viewer);
  const known = (row) => row.conversation === BOT || groupOf(row.conversation);
  const organization = conversations.every(known) ? read().organization : await api.people();
  if (!signal.aborted) change({ conversations, organization });
}

/** Fetches a card as this person sees it now; an older answer never replaces a newer one. */
export async function loadCard(id) {
  const viewer = read().viewer;
  try {
    const card = await api.card(viewer, id);
    if (read().viewer === viewer) keepCard(card);
  } catch {
    // The long poll notices a lost connection and loads the cards again.
  }
}

export function keepCard(card) {
  const known = read().cards[card.outTrackId];
  if (!known || known.version <= card.version) put("cards", card.outTrackId, card);
}
