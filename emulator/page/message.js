// One message: a face, a name, and a bubble of the kind it is.
import { html } from "./vendor/standalone.mjs";
import { Avatar } from "./avatar.js";
import { Card } from "./card.js";
import { chatTime } from "./clock.js";
import { Icon } from "./icon.js";
import { Link, Markdown, Picture, PlainText } from "./markdown.js";
import { BOT, isBot, membersOf, nameOf, worded } from "./people.js";

/** A file: its name saves it, under that name. */
function FileTile({ item }) {
  const name = item.title || item.text || item.content?.fileName || "文件";
  return html`<div class="file"><${Icon} name="file" /><span><${Link} to=${item.url}>${name}<//><small>点文件名下载</small></span></div>`;
}

function Content({ item, office, names }) {
  if (item.kind === "card") return html`<${Card} id=${item.outTrackId} title=${item.title} office=${office} />`;
  if (item.kind === "image") return html`<div class="bubble bare"><${Picture} from=${item.url || item.text} alt=${item.title || "图片，点开看大图"} /></div>`;
  if (item.kind === "file") return html`<div class="bubble"><${FileTile} item=${item} /></div>`;
  if (item.kind === "markdown") return html`<div class="bubble"><${Markdown} text=${worded(item)} /></div>`;
  if (item.kind === "ding") return html`<div class="bubble ding"><b class="bolt"><${Icon} name="bolt" /> DING</b><${PlainText} text=${worded(item)} names=${names} /></div>`;
  return html`<div class="bubble"><${PlainText} text=${worded(item)} names=${names} /></div>`;
}

/** Under one's own message in a group: who has not read it yet. */
function readState(item) {
  if (item.conversation === BOT) return null;
  const others = membersOf(item.conversation).filter((user) => user.userid !== item.from);
  const unread = others.filter((user) => !(item.readBy ?? []).includes(user.userid)).length;
  return html`<span class="read ${unread ? "" : "all"}">${unread ? `${unread}人未读` : "全部已读"}</span>`;
}

export function Message({ item, office, names }) {
  const mine = item.from === office.viewer;
  return html`<li class="message ${mine ? "mine" : "theirs"}" data-seq=${item.seq}>
    <${Avatar} of=${item.from} />
    <div class="said">
      <span class="name">${!mine && nameOf(item.from)}${isBot(item.from) && html`<i class="tag">机器人</i>`}<time class="when">${chatTime(item.createdAt)}</time></span>
      <${Content} item=${item} office=${office} names=${names} />
      ${mine && readState(item)}
    </div>
  </li>`;
}
