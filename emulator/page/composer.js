// The box one writes in: Enter sends, @ offers the people of the group, a picture or file can be handed over.
import { html, useEffect, useLayoutEffect, useRef, useState } from "./vendor/standalone.mjs";
import { narrow, say, sendFile } from "./actions.js";
import { Avatar } from "./avatar.js";
import { Icon } from "./icon.js";
import { BOT, botName, groupOf } from "./people.js";
import { draftIn, keepDraft } from "./state.js";

const EXAMPLES = ["我明天下午请半天病假，去医院复查", "下周一到周三去上海出差，见客户", "帮助"];
const MENTION = /(^|[^\w.])@([^\s@]*)$/;
const MOST_ROWS_PIXELS = 160;

/** Those whom the word after the last @ before the caret may mean; null when none is being typed. */
function offered(text, caret, members) {
  const found = MENTION.exec(text.slice(0, caret));
  if (!found || !members.length) return null;
  const all = [{ userid: BOT, name: botName() }, ...members];
  const start = caret - found[2].length - 1;
  const people = all.filter((user) => user.name.includes(found[2]) || user.userid.startsWith(found[2]));
  return people.length && !all.some((user) => user.name === found[2]) ? { start, people } : null;
}

function Offer({ people, at, onPick }) {
  return html`<ul class="offer" id="mention-list" role="listbox" aria-label="提到谁">
    ${people.map((user, place) => html`<li key=${user.userid} id="mention-${place}" role="option" aria-selected=${String(place === at)} class=${place === at ? "active" : ""}
        onMouseDown=${(event) => { event.preventDefault(); onPick(user); }}>
      <${Avatar} of=${user.userid} size="small" />${user.name}
    </li>`)}
  </ul>`;
}

function Hint({ onPick }) {
  return html`<div class="hint"><span>试着说：</span>
    ${EXAMPLES.map((text) => html`<button key=${text} class="example" onClick=${() => onPick(text)}>${text}</button>`)}
  </div>`;
}

/** The text, where the caret is, and who is being mentioned. */
function useWriting(conversation, members) {
  const [text, setText] = useState(() => draftIn(conversation));
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const [shut, setShut] = useState(false);
  const box = useRef(null);
  const wanted = useRef(null);
  const write = (next, place = next.length) => {
    keepDraft(conversation, next);
    setText(next);
    setCaret(place);
    setAt(0);
    setShut(false);
  };
  const replace = (next, place) => {
    write(next, place);
    wanted.current = place;
    box.current.focus();
  };
  useLayoutEffect(() => {
    if (wanted.current !== null) box.current.setSelectionRange(wanted.current, wanted.current);
    wanted.current = null;
  }, [text]);
  const offer = shut ? null : offered(text, caret, members);
  const mention = (user) => {
    const before = `${text.slice(0, offer.start)}@${user.name} `;
    replace(before + text.slice(caret), before.length);
  };
  return { text, write, replace, caret, setCaret, at, setAt, offer, mention, box, shut: () => setShut(true) };
}

function onKey(event, writing, send) {
  if (event.isComposing || event.keyCode === 229) return;
  const { offer, at } = writing;
  if (offer) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) writing.setAt((at + step + offer.people.length) % offer.people.length);
    else if (event.key === "Enter" || event.key === "Tab") writing.mention(offer.people[at]);
    else if (event.key === "Escape") writing.shut();
    else return;
    event.preventDefault();
  } else if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey) {
    event.preventDefault();
    void send();
  }
}

function Tools({ group, writing }) {
  const files = useRef(null);
  const startMention = () => {
    const { text, box, replace } = writing;
    const place = box.current.selectionStart;
    replace(`${text.slice(0, place)} @${text.slice(place)}`, place + 2);
  };
  const onFiles = ({ target }) => {
    for (const file of target.files) void sendFile(file);
    target.value = "";
  };
  return html`<div class="tools">
    ${group && html`<button class="quiet" onClick=${startMention} aria-label="提到某人" title="提到某人"><${Icon} name="at" /></button>`}
    ${!group && html`<button class="quiet" onClick=${() => files.current.click()} aria-label="发送图片或文件" title="发送图片或文件"><${Icon} name="clip" /></button>`}
    <input ref=${files} type="file" multiple hidden onChange=${onFiles} />
  </div>`;
}

function useSending(writing) {
  const [sending, setSending] = useState(false);
  const send = async () => {
    const text = writing.text.trim();
    if (!text || sending) return;
    setSending(true);
    writing.write("");
    if (!(await say(text))) writing.write(text);
    setSending(false);
    writing.box.current?.focus();
  };
  return { sending, send };
}

export function Composer({ conversation, members, empty }) {
  const group = groupOf(conversation);
  const writing = useWriting(conversation, group ? members : []);
  const { sending, send } = useSending(writing);
  const { text, box, offer, at } = writing;
  useEffect(() => {
    if (!narrow.matches) box.current?.focus();
  }, []);
  useEffect(() => {
    box.current.style.height = "auto";
    box.current.style.height = `${Math.min(MOST_ROWS_PIXELS, box.current.scrollHeight)}px`;
  }, [text]);
  const followCaret = ({ target }) => writing.setCaret(target.selectionStart);
  return html`<footer class="composer">
    ${empty && conversation === BOT && html`<${Hint} onPick=${(example) => writing.replace(example, example.length)} />`}
    ${offer && html`<${Offer} people=${offer.people} at=${at} onPick=${writing.mention} />`}
    <${Tools} group=${group} writing=${writing} />
    <textarea ref=${box} rows="1" value=${text} placeholder=${group ? `发消息到 ${group.title}，@${botName()} 让它听到` : "像跟同事说话一样说，例如：我明天请一天年假"} aria-label="输入消息"
      aria-autocomplete="list" aria-controls=${offer ? "mention-list" : undefined} aria-activedescendant=${offer ? `mention-${at}` : undefined}
      onInput=${({ target }) => writing.write(target.value, target.selectionStart)} onKeyDown=${(event) => onKey(event, writing, send)}
      onKeyUp=${followCaret} onClick=${followCaret} onBlur=${writing.shut}></textarea>
    <div class="send"><span>Enter 发送，Shift+Enter 换行</span><button class="press blue" disabled=${!text.trim() || sending} onClick=${send}>发送</button></div>
  </footer>`;
}
