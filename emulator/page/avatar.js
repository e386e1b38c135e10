// Faces: a coloured tile with the end of the name, a mosaic for groups, the mark of the bot.
import { html } from "./vendor/standalone.mjs";
import { Icon } from "./icon.js";
import { BOT, isBot, membersOf, nameOf, placeOf } from "./people.js";

const TONES = 8;

/** Neighbours in the organisation have different colours, and each person the same one in every window. */
const tone = (id) => `tone-${(placeOf(id) + TONES) % TONES}`;

/** The last two characters of a Chinese name, the initials of another. */
export function short(name) {
  const letters = [...name.trim()];
  if (/\p{Script=Han}/u.test(letters.at(-1) ?? "")) return letters.slice(-2).join("");
  const initials = name.trim().split(/\s+/).map((word) => [...word][0] ?? "");
  return (initials.length > 1 ? initials.slice(0, 2).join("") : letters.slice(0, 2).join("")).toUpperCase();
}

export function Avatar({ of: id, size = "" }) {
  if (isBot(id)) return html`<span class="avatar bot ${size}" aria-hidden="true"><${Icon} name="nod" /></span>`;
  return html`<span class="avatar ${tone(id)} ${size}" aria-hidden="true">${short(nameOf(id))}</span>`;
}

export function ConversationAvatar({ conversation }) {
  if (conversation === BOT) return html`<${Avatar} of=${BOT} />`;
  const members = membersOf(conversation).slice(0, 4);
  return html`<span class="avatar mosaic" aria-hidden="true">
    ${members.map((user) => html`<i key=${user.userid} class=${tone(user.userid)}>${[...user.name].at(-1)}</i>`)}
  </span>`;
}
