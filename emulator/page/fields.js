// One control for each field type of the platform's form protocol.
import { html } from "./vendor/standalone.mjs";
import { Icon } from "./icon.js";
import { Picker } from "./picker.js";

const FEW = 8;
const TOKENS = { YYYY: 4, yyyy: 4, MM: 2, DD: 2, dd: 2, HH: 2, hh: 2, mm: 2, ss: 2 };
const NAMES = { YYYY: "year", yyyy: "year", MM: "month", DD: "day", dd: "day", HH: "hour", hh: "hour", mm: "minute", ss: "second" };
const USUAL = { DATE: "YYYY-MM-DD", TIME: "HH:mm", DATETIME: "YYYY-MM-DD HH:mm" };
const NATIVE = { DATE: "date", TIME: "time", DATETIME: "datetime-local" };
const SHAPES = { DATE: "YYYY-MM-DD", TIME: "HH:mm", DATETIME: "YYYY-MM-DDTHH:mm" };
const token = /YYYY|yyyy|MM|DD|dd|HH|hh|mm|ss/g;

function take(text, format) {
  const names = [];
  const pattern = format.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(token, (one) => {
    names.push(NAMES[one]);
    return `(\\d{${TOKENS[one]}})`;
  });
  const found = new RegExp(`^${pattern}`).exec(text ?? "");
  return found && Object.fromEntries(names.map((name, at) => [name, found[at + 1]]));
}

/** A moment from one written form into another; empty when it does not fit. */
export function rewrite(text, from, to) {
  const found = take(text, from);
  return found ? to.replace(token, (one) => found[NAMES[one]] ?? "00") : "";
}

function Moment({ id, field, value, locked, wrong, onChange }) {
  const format = field.format || USUAL[field.type];
  const onInput = ({ target }) => onChange(rewrite(target.value, SHAPES[field.type], format));
  return html`<input id=${id} type=${NATIVE[field.type]} value=${rewrite(value, format, SHAPES[field.type])} disabled=${locked}
    required=${field.required} aria-invalid=${String(Boolean(wrong))} aria-describedby=${wrong} onInput=${onInput} />`;
}

function Line({ id, field, value, locked, wrong, onChange }) {
  return html`<input id=${id} type="text" inputmode=${field.type === "NUMBER" ? "decimal" : undefined} value=${value} placeholder=${field.placeholder}
    disabled=${locked} required=${field.required} aria-invalid=${String(Boolean(wrong))} aria-describedby=${wrong} onInput=${({ target }) => onChange(target.value)} />`;
}

function Area({ id, field, value, locked, wrong, onChange }) {
  return html`<textarea id=${id} rows=${field.minRows || 2} value=${value} placeholder=${field.placeholder} disabled=${locked}
    required=${field.required} aria-invalid=${String(Boolean(wrong))} aria-describedby=${wrong} onInput=${({ target }) => onChange(target.value)}></textarea>`;
}

function Select(props) {
  const { id, field, value, locked, wrong, onChange } = props;
  const options = field.options ?? [];
  if (options.length > FEW) return html`<${Picker} ...${props} />`;
  return html`<select id=${id} value=${value} disabled=${locked} required=${field.required} aria-invalid=${String(Boolean(wrong))} aria-describedby=${wrong}
      onChange=${({ target }) => onChange(target.value)}>
    ${!options.some((option) => option.value === "") && html`<option value="">${field.placeholder || "请选择"}</option>`}
    ${options.map((option) => html`<option key=${option.value} value=${option.value} selected=${option.value === value}>${option.text ?? option.value}</option>`)}
  </select>`;
}

function Switch({ id, field, value, locked, onChange }) {
  return html`<input id=${id} type="checkbox" class=${field.type === "SWITCH" ? "switch" : ""} role=${field.type === "SWITCH" ? "switch" : undefined}
    checked=${Boolean(value)} disabled=${locked} onChange=${({ target }) => onChange(target.checked)} />`;
}

function Choices({ id, field, value, locked, many, onChange }) {
  const chosen = many ? value : [value];
  const toggle = (one, on) => onChange(many ? (on ? [...value, one] : value.filter((other) => other !== one)) : one);
  return html`<div class="choices" role=${many ? "group" : "radiogroup"} aria-labelledby="${id}-label" id=${id} tabindex="-1">
    ${(field.options ?? []).map((option) => html`<label key=${option.value}>
      <input type=${many ? "checkbox" : "radio"} name=${id} checked=${chosen.includes(option.value)} disabled=${locked}
        onChange=${({ target }) => toggle(option.value, target.checked)} />${option.text ?? option.value}
    </label>`)}
  </div>`;
}

function Lines({ id, field, value, locked, onChange }) {
  const lines = value.length ? value : [""];
  const set = (at, text) => onChange(lines.with(at, text));
  return html`<div class="lines" role="group" aria-labelledby="${id}-label" id=${id} tabindex="-1">
    ${lines.map((line, at) => html`<span key=${at}>
      <input type="text" value=${line} placeholder=${field.placeholder} disabled=${locked} aria-label="${field.label} ${at + 1}" onInput=${({ target }) => set(at, target.value)} />
      ${lines.length > 1 && html`<button type="button" class="quiet" disabled=${locked} aria-label="删除第 ${at + 1} 行" onClick=${() => onChange(lines.toSpliced(at, 1))}><${Icon} name="close" /></button>`}
    </span>`)}
    <button type="button" class="add" disabled=${locked} onClick=${() => onChange([...lines, ""])}>+ ${field.addText || "添加"}</button>
  </div>`;
}

/** The control of a field; an unknown type is a line of text. */
export function Control(props) {
  const { field } = props;
  if (field.type in NATIVE) return html`<${Moment} ...${props} />`;
  if (field.type === "TEXT_AREA") return html`<${Area} ...${props} />`;
  if (field.type === "SELECT") return html`<${Select} ...${props} />`;
  if (field.type === "MULTI_SELECT") return html`<${(field.options ?? []).length > FEW ? Picker : Choices} ...${props} many />`;
  if (field.type === "MULTI_CHECKBOX_GROUP") return html`<${Choices} ...${props} many />`;
  if (field.type === "CHECKBOX_GROUP") return html`<${Choices} ...${props} />`;
  if (field.type === "CHECKBOX" || field.type === "SWITCH") return html`<${Switch} ...${props} />`;
  if (field.type === "TEXT_ARRAY") return html`<${Lines} ...${props} />`;
  return html`<${Line} ...${props} />`;
}
