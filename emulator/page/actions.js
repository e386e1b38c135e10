// What a person can do: sit down, open a chat, say something, hand over a file, tap a card.
import { api, Refused } from "./api.js";
import { follow, keepCard } from "./live.js";
import { BOT, botName, find, membersOf } from "./people.js";
import { change, forget, put, read } from "./state.js";

const FAILED = "操作失败，请稍后重试";
const DONE_MILLISECONDS = 1500;
const TOAST_MILLISECONDS = 3500;
export const narrow = matchMedia("(max-width: 720px)");

let toastTimer = 0;

export function toast(text) {
  clearTimeout(toastTimer);
  change({ toast: text });
  toastTimer = setTimeout(() => change({ toast: null }), TOAST_MILLISECONDS);
}

function address(viewer, conversation) {
  const query = new URLSearchParams({ as: viewer, ...(conversation ? { chat: conversation } : {}) });
  return `?${query}`;
}

/** Takes viewer and conversation from the address, at the start and at back and forward. */
export function readAddress() {
  const query = new URLSearchParams(location.search);
  const viewer = find(query.get("as")) ? query.get("as") : read().viewer;
  const conversation = query.get("chat") ?? (narrow.matches ? null : BOT);
  if (viewer && viewer !== read().viewer) {
    forget(viewer, conversation);
    follow(viewer);
  } else {
    change({ conversation });
  }
}

function go(viewer, conversation) {
  history.pushState(null, "", address(viewer, conversation));
  readAddress();
}

export const sitDown = (viewer) => go(viewer, null);
export const open = (conversation) => go(read().viewer, conversation);
export const back = () => go(read().viewer, null);

/** Whom the text mentions, by the names after @. */
function mentioned(conversation, text) {
  if (conversation === BOT) return {};
  const at = membersOf(conversation).filter((user) => text.includes(`@${user.name}`)).map((user) => user.userid);
  return { at, mention_bot: text.includes(`@${botName()}`) };
}

/** Says it; false when it could not be said, so that the text stays in the box. */
export async function say(text) {
  const { viewer, conversation } = read();
  try {
    await api.send({ from: viewer, conversation, text, ...mentioned(conversation, text) });
    return true;
  } catch (error) {
    toast(error instanceof Refused ? "消息发送失败" : "连接中断，消息没有发出");
    return false;
  }
}

export async function sendFile(file) {
  const { viewer, conversation } = read();
  const data = new FormData();
  data.append("from", viewer);
  data.append("conversation", conversation);
  data.append("file", file, file.name);
  try {
    await api.upload(data);
  } catch {
    toast("文件发送失败");
  }
}

/** A tap on a card's button: busy until the bot has answered, then done or the platform's words of failure. */
export async function tap(id, button, form) {
  const { viewer } = read();
  if (read().taps[id]?.busy) return;
  put("taps", id, { busy: button });
  let outcome = { failed: FAILED };
  try {
    const answer = await api.tap(viewer, id, button, form);
    if (answer.ok) outcome = { done: button };
    if (answer.card && read().viewer === viewer) keepCard(answer.card);
  } catch {
    outcome = { failed: FAILED };
  }
  if (read().viewer !== viewer) return;
  put("taps", id, outcome);
  if (outcome.failed) toast(FAILED);
  setTimeout(() => read().taps[id] === outcome && put("taps", id, {}), outcome.done ? DONE_MILLISECONDS : TOAST_MILLISECONDS);
}

/** What lies open has been read. */
export function markRead() {
  const { viewer, conversation, conversations } = read();
  const row = conversations.find((one) => one.conversation === conversation);
  if (!row?.unread || document.hidden) return;
  change({ conversations: conversations.map((one) => (one === row ? { ...one, unread: 0 } : one)) });
  api.read(viewer, conversation).catch(() => undefined);
}

