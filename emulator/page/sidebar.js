// The left side: the rail with my face, who I am, and my conversations with what is new in them.
import { html } from "./vendor/standalone.mjs";
import { open } from "./actions.js";
import { Avatar, ConversationAvatar } from "./avatar.js";
import { listTime } from "./clock.js";
import { Icon } from "./icon.js";
import { plainLine } from "./markdown.js";
import { BOT, describe, find, isBot, nameOf, worded } from "./people.js";
import { draftIn } from "./state.js";
import { openSwitcher } from "./switcher.js";
import { openWorkday } from "./workday.js";

const MOST = 99;
const KINDS = { image: "[图片]", file: "[文件]", card: "[卡片]", ding: "[DING]" };

const Badge = ({ count }) => (count > 0 ? html`<span class="badge" aria-label="${count} 条未读">${count > MOST ? `${MOST}+` : count}</span>` : null);

function Rail({ office }) {
  const unread = office.conversations.reduce((sum, one) => sum + (one.unread || 0), 0);
  return html`<nav class="rail" aria-label="功能">
    <button class="face" onClick=${openSwitcher} aria-label="换人">${office.viewer && html`<${Avatar} of=${office.viewer} />`}</button>
    <span class="tool here"><${Icon} name="chat" /><em>消息</em><${Badge} count=${unread} /></span>
    <button class="tool" onClick=${openSwitcher}><${Icon} name="people" /><em>换人</em></button>
    <a class="tool" href=${location.pathname} target="_blank" rel="noopener"><${Icon} name="window" /><em>新窗口</em></a>
  </nav>`;
}

function Me({ viewer }) {
  const me = find(viewer);
  return html`<header class="me">
    <div class="who"><strong>${me?.name ?? viewer ?? "…"}</strong><span>${describe(me)}</span></div>
    <button class="quiet" disabled=${!viewer} onClick=${openWorkday}>考勤</button>
    <button class="quiet" onClick=${openSwitcher} aria-keyshortcuts="Control+K" title="换人 (Ctrl+K)">换人</button>
  </header>`;
}

/** The last line of a conversation, with the speaker's name in groups. */
export function lastLine({ conversation, last }, viewer) {
  if (!last) return "";
  const words = plainLine(last.title || worded(last));
  const kind = last.kind in KINDS ? `${KINDS[last.kind]} ` : "";
  const speaker = conversation === BOT || last.from === viewer ? "" : `${nameOf(last.from)}：`;
  return `${speaker}${kind}${words}`;
}

function Row({ row, office }) {
  const here = row.conversation === office.conversation;
  const draft = here ? "" : draftIn(row.conversation);
  const called = row.unread > 0 && row.last?.at?.includes(office.viewer);
  return html`<li>
    <button class="row ${here ? "here" : ""}" aria-current=${here ? "true" : undefined} onClick=${() => open(row.conversation)}>
      <${ConversationAvatar} conversation=${row.conversation} />
      <span class="about">
        <span class="top"><b>${row.title}</b>${isBot(row.conversation) && html`<i class="tag">机器人</i>`}<time>${row.last && listTime(row.last.createdAt)}</time></span>
        <span class="bottom">
          <span class="line">${draft ? html`<em class="red">[草稿] </em>${draft}` : html`${called && html`<em class="red">[有人@我] </em>`}${lastLine(row, office.viewer)}`}</span>
          <${Badge} count=${row.unread} />
        </span>
      </span>
    </button>
  </li>`;
}

export function Sidebar({ office }) {
  const rows = [...office.conversations].sort((a, b) => (b.last?.createdAt ?? 0) - (a.last?.createdAt ?? 0));
  return html`<aside class="side">
    <${Rail} office=${office} />
    <div class="column">
      <${Me} viewer=${office.viewer} />
      <nav aria-label="会话"><ul class="rows">${rows.map((row) => html`<${Row} key=${row.conversation} row=${row} office=${office} />`)}</ul></nav>
    </div>
  </aside>`;
}
