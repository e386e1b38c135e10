// Choosing out of many (people, departments): a box that searches, with what was chosen as chips.
import { html, useEffect, useRef, useState } from "./vendor/standalone.mjs";
import { Icon } from "./icon.js";

const MOST = 50;

function Chips({ options, chosen, locked, onDrop }) {
  return chosen.map((one) => html`<span class="chip" key=${one}>${textOf(options, one)}
    <button type="button" disabled=${locked} aria-label="去掉${textOf(options, one)}" onClick=${() => onDrop(one)}><${Icon} name="close" /></button></span>`);
}

const textOf = (options, value) => options.find((option) => option.value === value)?.text ?? value;

function keys({ event, found, at, setAt, pick, isOpen, setOpen, dropLast }) {
  if (event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    setOpen(true);
    setAt(Math.max(0, Math.min(found.length - 1, at + step)));
  } else if (event.key === "Enter" && isOpen && found[at]) pick(found[at].value);
  else if (event.key === "Escape") setOpen(false);
  else if (event.key === "Backspace" && !event.target.value) return dropLast();
  else return;
  event.preventDefault();
}

export function Picker({ id, field, value, locked, wrong, many, onChange }) {
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const list = useRef(null);
  useEffect(() => list.current?.scrollIntoView({ block: "nearest" }), [isOpen]);
  const options = field.options ?? [];
  const chosen = many ? value : value ? [value] : [];
  const found = options.filter((option) => !chosen.includes(option.value) && `${option.text} ${option.value}`.toLowerCase().includes(text.trim().toLowerCase())).slice(0, MOST);
  const pick = (one) => {
    onChange(many ? [...value, one] : one);
    setText("");
    setAt(0);
    setOpen(Boolean(many));
  };
  const drop = (one) => onChange(many ? value.filter((other) => other !== one) : "");
  const onKeyDown = (event) => keys({ event, found, at, setAt, pick, isOpen, setOpen, dropLast: () => chosen.length && drop(chosen.at(-1)) });
  return html`<div class="picker ${locked ? "locked" : ""}">
    <div class="box">
      <${Chips} options=${options} chosen=${chosen} locked=${locked} onDrop=${drop} />
      <input id=${id} type="text" role="combobox" autocomplete="off" aria-expanded=${String(isOpen)} aria-controls="${id}-list" aria-labelledby="${id}-label"
        aria-invalid=${String(Boolean(wrong))} aria-describedby=${wrong} aria-activedescendant=${isOpen && found[at] ? `${id}-option-${at}` : undefined}
        value=${text} placeholder=${chosen.length ? "" : field.placeholder || "搜索并选择"} disabled=${locked}
        onFocus=${() => setOpen(true)} onBlur=${() => setOpen(false)} onKeyDown=${onKeyDown}
        onInput=${({ target }) => { setText(target.value); setAt(0); setOpen(true); }} />
    </div>
    ${isOpen && html`<ul ref=${list} id="${id}-list" role="listbox" aria-labelledby="${id}-label">
      ${found.map((option, place) => html`<li key=${option.value} id="${id}-option-${place}" role="option" aria-selected=${String(place === at)} class=${place === at ? "active" : ""}
        onMouseDown=${(event) => { event.preventDefault(); pick(option.value); }}>${option.text ?? option.value}</li>`)}
      ${!found.length && html`<li class="none">没有找到</li>`}
    </ul>`}
  </div>`;
}
