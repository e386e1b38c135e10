// What one person's window knows: a value that listeners watch, and the drafts that survive switching.
import { useEffect, useState } from "./vendor/standalone.mjs";

const empty = {
  viewer: null, conversation: null, organization: null,
  conversations: [], messages: {}, cards: {}, taps: {}, forms: {},
  connected: true, toast: null, spoken: "",
};

let value = empty;
const listeners = new Set();

export const read = () => value;

/** Changes some keys and tells everybody who watches. */
export function change(patch) {
  value = { ...value, ...patch };
  for (const listener of [...listeners]) listener();
}

/** Changes one entry of a keyed part: `put("cards", id, card)`. */
export const put = (part, key, entry) => change({ [part]: { ...value[part], [key]: entry } });

/** Another person sits down: nothing of the one before stays but the organisation. */
export const forget = (viewer, conversation) => change({ ...empty, organization: value.organization, viewer, conversation });

/** The whole value, and a new drawing whenever it changes. */
export function useOffice() {
  const [, redraw] = useState(0);
  useEffect(() => {
    const listener = () => redraw((count) => count + 1);
    listeners.add(listener);
    listener();
    return () => listeners.delete(listener);
  }, []);
  return value;
}

const drafts = new Map();
const draftKey = (conversation) => JSON.stringify([value.viewer, conversation]);

/** What this person has begun to write in a conversation. */
export const draftIn = (conversation) => drafts.get(draftKey(conversation)) ?? "";

/** Keeps it while the person looks elsewhere, for as long as the window is open. */
export const keepDraft = (conversation, text) => (text ? drafts.set(draftKey(conversation), text) : drafts.delete(draftKey(conversation)));
