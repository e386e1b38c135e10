// An interactive card as DingTalk draws it: title, state, Markdown, form, buttons that wait for the bot's answer.
import { html, useEffect, useRef, useState } from "./vendor/standalone.mjs";
import { tap } from "./actions.js";
import { Form, problems, submitted } from "./form.js";
import { Link, Markdown } from "./markdown.js";
import { loadCard } from "./live.js";
import { put } from "./state.js";

const STATES = {
  draft: ["待提交", "blue"], running: ["审批中", "blue"], approved: ["已通过", "green"], rejected: ["已驳回", "red"],
  returned: ["已退回", "orange"], withdrawn: ["已撤回", "gray"], expired: ["已过期", "gray"],
};
const LONGEST_STATE = 8;

function State({ status }) {
  const [text, tone] = STATES[status] ?? [status, "gray"];
  return text && text.length <= LONGEST_STATE ? html`<span class="state ${tone}">${text}</span>` : null;
}

function Button({ button, work, locked, onTap }) {
  const busy = work.busy === button.id;
  const done = work.done === button.id;
  const tone = ["red", "gray", "gold"].includes(button.color) ? button.color : "blue";
  if (button.url) return html`<${Link} to=${button.url}><span class="press gray">${button.text}</span><//>`;
  return html`<button class="press ${tone}" type="button" data-button=${button.id} aria-busy=${String(busy)}
      aria-disabled=${String(busy)} disabled=${!button.enabled || (locked && !busy)} onClick=${() => onTap(button)}>
    ${busy && html`<i class="spin"></i>`}${done && "✓ "}${button.text}
  </button>`;
}

/** What was filled in so far; a form that the bot has changed starts anew. */
function entered(office, card) {
  const definition = JSON.stringify(card.form?.fields ?? []);
  const kept = office.forms[card.outTrackId];
  return kept?.definition === definition ? kept : { definition, values: {} };
}

function Body({ card, office, keepFocus }) {
  const [errors, setErrors] = useState({});
  const work = office.taps[card.outTrackId] ?? {};
  const fields = card.form?.fields ?? [];
  const filled = entered(office, card);
  const locked = Boolean(work.busy) || card.form?.disabled;
  const onChange = (name, value) => {
    put("forms", card.outTrackId, { ...filled, values: { ...filled.values, [name]: value } });
    setErrors({ ...errors, [name]: undefined });
  };
  const onTap = (button) => {
    const wrong = takesForm(button) ? problems(fields, filled.values) : {};
    setErrors(wrong);
    const [first] = Object.keys(wrong);
    if (first) document.getElementById(`${card.outTrackId}-${first}`)?.focus();
    else void tap(card.outTrackId, button.id, fields.length ? submitted(fields, filled.values) : undefined).then(keepFocus);
  };
  return html`
    ${card.markdown && html`<${Markdown} text=${card.markdown} />`}
    ${fields.length > 0 && html`<${Form} id=${card.outTrackId} fields=${fields} values=${filled.values} errors=${errors} locked=${locked} onChange=${onChange} />`}
    ${card.tips && html`<p class="tips">${card.tips}</p>`}
    ${card.buttons?.length > 0 && html`<div class="presses">
      ${card.buttons.map((button) => html`<${Button} key=${button.id} button=${button} work=${work} locked=${Boolean(work.busy)} onTap=${onTap} />`)}
    </div>`}
    ${work.failed && html`<p class="failed">${work.failed}</p>`}`;
}

/** A gray button (取消, 更多) never waits for required fields; the others submit the form. */
const takesForm = (button) => button.color !== "gray";

export function Card({ id, title, office }) {
  const card = office.cards[id];
  const frame = useRef(null);
  const keepFocus = () => requestAnimationFrame(() => document.activeElement === document.body && frame.current?.focus());
  useEffect(() => {
    if (!card) void loadCard(id);
  }, [id, !card]);
  return html`<article class="card" ref=${frame} tabindex="-1" data-card=${id} aria-label=${card?.title || title || "卡片"} aria-busy=${String(!card)}>
    <header><h2>${card?.title || title || "卡片"}</h2><${State} status=${card?.status} /></header>
    ${card ? html`<div class="inside"><${Body} card=${card} office=${office} keepFocus=${keepFocus} /></div>` : html`<p class="loading">加载中…</p>`}
  </article>`;
}
