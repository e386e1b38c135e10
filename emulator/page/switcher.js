// Sitting down as somebody else: a dialog with a search over the whole organisation (Ctrl+K).
import { html, useEffect, useRef, useState } from "./vendor/standalone.mjs";
import { sitDown } from "./actions.js";
import { Avatar } from "./avatar.js";
import { Icon } from "./icon.js";
import { describe, search } from "./people.js";

const MOST = 60;

export function openSwitcher() {
  const dialog = document.getElementById("switcher");
  if (dialog && !dialog.open) dialog.showModal();
}

const close = () => document.getElementById("switcher").close();

function choose(user) {
  close();
  sitDown(user.userid);
}

function Choice({ user, active, here }) {
  return html`<li id="who-${user.userid}" role="option" aria-selected=${active ? "true" : "false"} class=${active ? "active" : ""}
      onClick=${() => choose(user)}>
    <${Avatar} of=${user.userid} />
    <span class="who"><strong>${user.name}</strong><span>${describe(user)}</span></span>
    ${here && html`<i class="tag">当前</i>`}
  </li>`;
}

export function Switcher({ office }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef(null);
  const found = search(text).slice(0, MOST);
  const active = found[Math.min(at, found.length - 1)];
  useEffect(() => list.current?.querySelector(".active")?.scrollIntoView({ block: "nearest" }), [active?.userid]);
  const type = (event) => {
    setText(event.target.value);
    setAt(0);
  };
  const onKey = (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt(Math.max(0, Math.min(found.length - 1, at + step)));
    else if (event.key === "Enter" && active) choose(active);
    else return;
    event.preventDefault();
  };
  const reset = () => {
    setText("");
    setAt(0);
  };
  return html`<dialog id="switcher" class="switcher" aria-label="换人" onClose=${reset} onClick=${(event) => event.target.id === "switcher" && close()}>
    <div class="inside">
      <p class="head"><b>以谁的身份聊天？</b><span>每个窗口可以是不同的人</span></p>
      <label class="search"><${Icon} name="search" /><input type="search" placeholder="搜索姓名、部门、职位" value=${text} onInput=${type} onKeyDown=${onKey}
        role="combobox" aria-expanded="true" aria-controls="switcher-list" aria-activedescendant=${active ? `who-${active.userid}` : undefined} aria-label="搜索姓名、部门、职位" autofocus /></label>
      <ul id="switcher-list" role="listbox" aria-label="人员" ref=${list}>
        ${found.map((user) => html`<${Choice} key=${user.userid} user=${user} active=${user === active} here=${user.userid === office.viewer} />`)}
        ${!found.length && html`<li class="none">没有找到</li>`}
      </ul>
    </div>
  </dialog>`;
}
