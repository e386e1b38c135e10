// The middle: one conversation, its messages in order, its members, and the box to write in.
import { html, useEffect, useLayoutEffect, useRef, useState } from "./vendor/standalone.mjs";
import { back, markRead } from "./actions.js";
import { Avatar } from "./avatar.js";
import { chatTime } from "./clock.js";
import { Composer } from "./composer.js";
import { Icon } from "./icon.js";
import { Message } from "./message.js";
import { BOT, botName, describe, groupOf, membersOf } from "./people.js";

const GAP_MILLISECONDS = 5 * 60_000;
const PAGE = 150;
const NEAR_PIXELS = 80;

function Header({ conversation, members, onMembers, shown }) {
  const group = groupOf(conversation);
  return html`<header class="title">
    <button class="back quiet" onClick=${back} aria-label="返回会话列表"><${Icon} name="back" /></button>
    <h1>${group ? group.title : botName()}</h1>
    ${group ? html`<span class="count">(${members.length + 1})</span>` : html`<i class="tag">机器人</i>`}
    ${group && html`<button class="quiet" onClick=${onMembers} aria-expanded=${String(shown)} aria-controls="members"><${Icon} name="people" /> 群成员</button>`}
  </header>`;
}

function Members({ members, owner }) {
  return html`<aside id="members" class="members" aria-label="群成员">
    <p>群成员 ${members.length + 1}</p>
    <ul>
      <li><${Avatar} of=${BOT} size="small" /><span class="who"><strong>${botName()}</strong></span><i class="tag">机器人</i></li>
      ${members.map((user) => html`<li key=${user.userid}>
        <${Avatar} of=${user.userid} size="small" />
        <span class="who"><strong>${user.name}</strong><span>${describe(user)}</span></span>
        ${user.userid === owner && html`<i class="tag">群主</i>`}
      </li>`)}
    </ul>
  </aside>`;
}

/** Keeps the newest line in sight while the reader is at the end or has just written, and tells when not. */
function useEnd(conversation, count, mine) {
  const frame = useRef(null);
  const atEnd = useRef(true);
  const last = useRef(0);
  const [behind, setBehind] = useState(false);
  const toEnd = () => {
    if (frame.current) frame.current.scrollTop = frame.current.scrollHeight;
  };
  useLayoutEffect(() => {
    atEnd.current = true;
    toEnd();
    const watch = new ResizeObserver(() => atEnd.current && toEnd());
    watch.observe(frame.current.firstElementChild);
    watch.observe(frame.current);
    return () => watch.disconnect();
  }, [conversation]);
  useLayoutEffect(() => {
    atEnd.current ||= mine;
    if (atEnd.current) toEnd();
    else setBehind(true);
  }, [count]);
  const onScroll = ({ target }) => {
    const near = target.scrollHeight - target.scrollTop - target.clientHeight < NEAR_PIXELS;
    // A card that grows below is not the reader going up: only a smaller scrollTop is.
    if (near || target.scrollTop < last.current) atEnd.current = near;
    if (near) setBehind(false);
    last.current = target.scrollTop;
  };
  return { frame, behind, toEnd, onScroll };
}

function Messages({ office, items, names }) {
  const { conversation } = office;
  const [shown, setShown] = useState(PAGE);
  const { frame, behind, toEnd, onScroll } = useEnd(conversation, items.length, items.at(-1)?.from === office.viewer);
  const visible = items.slice(-shown);
  return html`<div class="stage">
    <div class="scroll" ref=${frame} onScroll=${onScroll} tabindex="0" role="region" aria-label="消息">
      <ol class="messages">
        ${items.length > shown && html`<li class="more"><button class="quiet" onClick=${() => setShown(shown + PAGE)}>查看更早的消息</button></li>`}
        ${visible.map((item, at) => html`
          ${(!at || item.createdAt - visible[at - 1].createdAt > GAP_MILLISECONDS) && html`<li class="moment" key=${`t${item.seq}`}><time>${chatTime(item.createdAt)}</time></li>`}
          <${Message} key=${item.seq} item=${item} office=${office} names=${names} />`)}
      </ol>
    </div>
    ${behind && html`<button class="newer" onClick=${toEnd}><${Icon} name="down" /> 新消息</button>`}
  </div>`;
}

export function Chat({ office }) {
  const { conversation, viewer } = office;
  const [shown, setShown] = useState(false);
  const unread = office.conversations.find((row) => row.conversation === conversation)?.unread;
  useEffect(() => {
    markRead();
    document.addEventListener("visibilitychange", markRead);
    return () => document.removeEventListener("visibilitychange", markRead);
  }, [conversation, unread]);
  if (!viewer || !conversation) return html`<main class="chat nothing"><p>${viewer ? "选择一个会话开始聊天" : "先选择以谁的身份聊天"}</p></main>`;
  const members = membersOf(conversation);
  const names = [botName(), ...members.map((user) => user.name)];
  const items = office.messages[conversation] ?? [];
  return html`<main class="chat">
    <${Header} conversation=${conversation} members=${members} shown=${shown} onMembers=${() => setShown(!shown)} />
    <div class="body">
      <div class="talk" key=${conversation}>
        <${Messages} office=${office} items=${items} names=${names} />
        <${Composer} conversation=${conversation} viewer=${viewer} members=${members.filter((user) => user.userid !== viewer)} empty=${office.organization && !items.length} />
      </div>
      ${shown && groupOf(conversation) && html`<${Members} members=${members} owner=${groupOf(conversation).owner} />`}
    </div>
  </main>`;
}
