// Who is who: names, posts and departments out of the organisation as the platform tells it.
import { read } from "./state.js";

export const BOT = "bot";

const users = () => read().organization?.users ?? [];
const groups = () => read().organization?.groups ?? [];

export const find = (userid) => users().find((user) => user.userid === userid);
export const placeOf = (userid) => users().findIndex((user) => user.userid === userid);
export const botName = () => read().organization?.apps?.[0]?.name || "机器人";
export const isBot = (from) => from === BOT || (read().organization?.apps ?? []).some((app) => from === app.robotCode);
export const nameOf = (from) => (isBot(from) ? botName() : find(from)?.name ?? String(from));
export const groupOf = (conversation) => groups().find((group) => group.openConversationId === conversation);
export const membersOf = (conversation) => (groupOf(conversation)?.members ?? []).map((userid) => find(userid) ?? { userid, name: userid });


/** Whom a person's logs go to: the one named as superior, else who leads the department. */
export function superiorOf(userid) {
  const user = find(userid);
  if (find(user?.manager_userid)) return user.manager_userid;
  const led = (read().organization?.departments ?? []).find((one) => one.dept_id === user?.dept_id_list?.[0]);
  return led?.dept_manager_userid_list?.find((leader) => leader !== userid && find(leader)) ?? null;
}

const department = (id) => (read().organization?.departments ?? []).find((one) => one.dept_id === id)?.name ?? "";

/** What was said, with names where the platform's text mentions people by their ids. */
export const worded = (item) => (item.at ?? []).reduce((text, userid) => text.replaceAll(`@${userid}`, `@${nameOf(userid)}`), item.text ?? "");

/** 市场部 · 专员 */
export const describe = (user) => [department(user?.dept_id_list?.[0]), user?.title].filter(Boolean).join(" · ");

/** People whose name, id, post or department holds every word of the search. */
export function search(text) {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return users().filter((user) => {
    const about = `${user.name} ${user.userid} ${describe(user)}`.toLowerCase();
    return words.every((word) => about.includes(word));
  });
}
