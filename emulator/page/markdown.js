// Markdown as DingTalk shows it, made into vnodes: text from outside never becomes HTML, only text nodes of a closed set of elements.
import { h, html, useMemo } from "./vendor/standalone.mjs";

const DEEPEST = 6;
const BULLET = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const RULE = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const TABLE_LINE = /^\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$/;

const INLINE = new RegExp(
  [
    /\\(?<escaped>[\\`*_{}[\]()#+\-.!|~>])/,
    /`(?<code>[^`\n]+)`/,
    /!\[(?<alt>[^\]\n]*)\]\(\s*(?<picture>[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)[^()\n]*\)/,
    /\[(?<label>[^\]\n]+)\]\(\s*(?<link>[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)[^()\n]*\)/,
    /\*\*(?<bold>[^\s*](?:[^\n]*?[^\s*])?)\*\*/,
    /~~(?<gone>[^~\n]+)~~/,
    /\*(?<slanted>[^\s*](?:[^*\n]*[^\s*])?)\*/,
    /<a\s+atId=[^<>]*>(?<mention>[^<>]*)<\/a>/,
    /(?<broken><br\s*\/?>|\n)/,
    /(?<dropped><\/?font(?:\s[^<>]*)?>)/,
    /(?<address>https?:\/\/[^\s<>"'`()[\]，。；、！？（）【】《》]+)/,
  ]
    .map((part) => part.source)
    .join("|"),
  "gi",
);

/** The address when it is safe to open (http or https), else null. */
export function safeLink(address) {
  try {
    const url = new URL(address, location.href);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/** A link that opens in a new tab and tells the other side nothing; an unsafe address leaves only its words. */
export function Link({ to, children }) {
  const href = safeLink(to);
  if (!href) return html`<span>${children}</span>`;
  return html`<a href=${href} target="_blank" rel="noopener noreferrer">${children}</a>`;
}

/** A picture of this very server; one from elsewhere stays a link, for the page loads nothing from outside. */
export function Picture({ from, alt }) {
  const href = safeLink(from);
  if (href && new URL(href).origin === location.origin) {
    return html`<${Link} to=${href}><img class="picture" src=${href} alt=${alt || "图片"} loading="lazy" /><//>`;
  }
  return html`<${Link} to=${from}>${alt || "图片"}<//>`;
}

function piece(found, depth) {
  if (found.escaped) return found.escaped;
  if (found.code) return html`<code>${found.code}</code>`;
  if (found.picture) return html`<${Picture} from=${found.picture} alt=${found.alt} />`;
  if (found.link) return html`<${Link} to=${found.link}>${inline(found.label, depth + 1)}<//>`;
  if (found.bold) return html`<strong>${inline(found.bold, depth + 1)}</strong>`;
  if (found.gone) return html`<del>${inline(found.gone, depth + 1)}</del>`;
  if (found.slanted) return html`<em>${inline(found.slanted, depth + 1)}</em>`;
  if (found.mention !== undefined) return html`<span class="mention">@${found.mention.replace(/^@/, "")}</span>`;
  if (found.broken) return html`<br />`;
  if (found.dropped) return "";
  return html`<${Link} to=${found.address}>${found.address}<//>`;
}

/** The words of one paragraph as vnodes. */
export function inline(text, depth = 0) {
  if (depth > DEEPEST) return [text];
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(piece(match.groups, depth));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

const cells = (line) => line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim());

function table(lines, at) {
  const head = cells(lines[at]);
  let end = at + 2;
  while (end < lines.length && lines[end].includes("|")) end += 1;
  const rows = lines.slice(at + 2, end).map(cells);
  const node = html`<div class="table"><table>
    <thead><tr>${head.map((cell) => html`<th>${inline(cell)}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${inline(cell)}</td>`)}</tr>`)}</tbody>
  </table></div>`;
  return [node, end];
}

function list(lines, at, depth) {
  const [, indent, mark] = BULLET.exec(lines[at]);
  const ordered = /\d/.test(mark);
  const items = [];
  let end = at;
  while (end < lines.length) {
    const bullet = BULLET.exec(lines[end]);
    if (bullet && bullet[1].length <= indent.length) {
      if (/\d/.test(bullet[2]) !== ordered || bullet[1].length < indent.length) break;
      items.push([bullet[3]]);
    } else if (bullet || /^\s{2,}\S/.test(lines[end])) {
      items.at(-1).push(lines[end].slice(Math.min(indent.length + 2, lines[end].search(/\S/))));
    } else break;
    end += 1;
  }
  const children = items.map((item) => html`<li>${blocks(item, depth + 1, true)}</li>`);
  return [ordered ? h("ol", { start: parseInt(mark, 10) }, children) : h("ul", null, children), end];
}

function quote(lines, at, depth) {
  let end = at;
  while (end < lines.length && /^\s{0,3}>/.test(lines[end])) end += 1;
  const inner = lines.slice(at, end).map((line) => line.replace(/^\s{0,3}> ?/, ""));
  return [html`<blockquote>${blocks(inner, depth + 1)}</blockquote>`, end];
}

function fence(lines, at) {
  let end = at + 1;
  while (end < lines.length && !/^\s*```/.test(lines[end])) end += 1;
  return [html`<pre><code>${lines.slice(at + 1, end).join("\n")}</code></pre>`, end + 1];
}

const startsBlock = (lines, at) =>
  HEADING.test(lines[at]) || RULE.test(lines[at]) || BULLET.test(lines[at]) || /^\s{0,3}>|^\s*```/.test(lines[at]) || startsTable(lines, at);

const startsTable = (lines, at) => lines[at].includes("|") && at + 1 < lines.length && lines[at + 1].includes("-") && TABLE_LINE.test(lines[at + 1]);

function paragraph(lines, at, tight) {
  let end = at + 1;
  while (end < lines.length && lines[end].trim() && !startsBlock(lines, end)) end += 1;
  const words = inline(lines.slice(at, end).map((line) => line.trim()).join("\n"));
  return [tight ? words : html`<p>${words}</p>`, end];
}

function blocks(lines, depth = 0, tight = false) {
  if (depth > DEEPEST) return lines.join("\n");
  const nodes = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    const heading = HEADING.exec(line);
    let node = null;
    if (!line.trim()) at += 1;
    else if (heading) [node, at] = [h(`h${heading[1].length}`, null, inline(heading[2])), at + 1];
    else if (RULE.test(line)) [node, at] = [html`<hr />`, at + 1];
    else if (/^\s*```/.test(line)) [node, at] = fence(lines, at);
    else if (/^\s{0,3}>/.test(line)) [node, at] = quote(lines, at, depth);
    else if (startsTable(lines, at)) [node, at] = table(lines, at);
    else if (BULLET.test(line)) [node, at] = list(lines, at, depth);
    else [node, at] = paragraph(lines, at, tight);
    if (node) nodes.push(node);
  }
  return nodes;
}

/** A whole Markdown text as vnodes. */
export function Markdown({ text }) {
  const drawn = useMemo(() => blocks(String(text ?? "").replace(/\r\n?/g, "\n").split("\n")), [text]);
  return html`<div class="markdown">${drawn}</div>`;
}

/** A person's own words: nothing is markup in them, but addresses can be opened and the names after @ stand out. */
export function PlainText({ text, names = [] }) {
  const mentions = names.filter(Boolean).sort((a, b) => b.length - a.length).map((name) => `@${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
  const pattern = new RegExp(["(https?:\\/\\/[^\\s<>\"'，。；、！？（）]+)", ...(mentions.length ? [`(${mentions.join("|")})`] : [])].join("|"), "g");
  const parts = String(text ?? "").split(pattern).filter((part) => part);
  return html`<div class="words">${parts.map((part) => {
    if (part.startsWith("@") && names.includes(part.slice(1))) return html`<span class="mention">${part}</span>`;
    return /^https?:\/\//.test(part) ? html`<${Link} to=${part}>${part}<//>` : part;
  })}</div>`;
}

/** One line for the conversation list: the words without the marks. */
export function plainLine(text) {
  return String(text ?? "")
    .replace(/<br\s*\/?>|<\/?font[^<>]*>/gi, " ")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*`~#>|]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
