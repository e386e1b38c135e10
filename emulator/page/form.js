// The platform's form protocol (fields of a form variable): drawing, checking, and the values as the callback carries them.
import { html } from "./vendor/standalone.mjs";
import { Control } from "./fields.js";

const filledIn = (value) => !(value === undefined || value === null || value === "" || value === false || (Array.isArray(value) && !value.length));

/** The value in the hands of the person: what was entered, else the field's default. */
export const valueOf = (field, values) => (field.name in values ? values[field.name] : plain(field));

/** A default may be written as a value, as `{index, value}`, or as JSON text of one. */
function plain(field) {
  const given = field.defaultValue;
  if (given && typeof given === "object" && !Array.isArray(given)) return given.value;
  if (["CHECKBOX", "SWITCH"].includes(field.type)) return given === true || given === "true";
  return given ?? (isMany(field) ? [] : "");
}

const isMany = (field) => ["MULTI_SELECT", "MULTI_CHECKBOX_GROUP", "TEXT_ARRAY"].includes(field.type);

/** Messages by field name for what is missing or no number. */
export function problems(fields, values) {
  const wrong = {};
  for (const field of fields) {
    const value = valueOf(field, values);
    if (field.hidden) continue;
    if (field.required && !filledIn(Array.isArray(value) ? value.filter(filledIn) : value)) wrong[field.name] = field.requiredMsg || `请填写${field.label ?? field.name}`;
    else if (field.type === "NUMBER" && filledIn(value) && !Number.isFinite(Number(value))) wrong[field.name] = "请填写数字";
  }
  return wrong;
}

function submit(field, value) {
  const place = (one) => (field.options ?? []).findIndex((option) => option.value === one);
  if (field.type === "SELECT") return place(value) >= 0 ? { index: place(value), value } : null;
  if (field.type === "MULTI_SELECT") return { index: value.map(place), value };
  if (field.type === "NUMBER") return filledIn(value) ? Number(value) : "";
  if (field.type === "TEXT_ARRAY") return value.filter(filledIn);
  return value;
}

/** The form as the callback's `params.form` carries it. */
export function submitted(fields, values) {
  const form = {};
  for (const field of fields) {
    const value = submit(field, valueOf(field, values));
    if (value !== null) form[field.name] = value;
  }
  return form;
}

function Field({ id, field, values, error, locked, onChange }) {
  const alone = ["CHECKBOX", "SWITCH"].includes(field.type);
  const many = ["CHECKBOX_GROUP", "MULTI_CHECKBOX_GROUP", "MULTI_SELECT", "TEXT_ARRAY"].includes(field.type);
  const label = html`${field.label ?? field.name}${field.required && html`<i class="star" aria-hidden="true">*</i>`}`;
  const control = html`<${Control} id=${id} field=${field} value=${valueOf(field, values)} locked=${locked || field.readOnly}
    wrong=${error ? `${id}-error` : undefined} onChange=${(value) => onChange(field.name, value)} />`;
  return html`<div class="field ${alone ? "alone" : ""}" data-field=${field.name}>
    ${many ? html`<span class="label" id="${id}-label">${label}</span>` : html`<label for=${id} id="${id}-label">${label}</label>`}
    ${control}
    ${error && html`<p class="error" id="${id}-error" role="alert">${error}</p>`}
  </div>`;
}

export function Form({ id, fields, values, errors, locked, onChange }) {
  return html`<div class="form">
    ${fields.filter((field) => !field.hidden).map((field) => html`<${Field} key=${field.name} id="${id}-${field.name}" field=${field}
      values=${values} error=${errors[field.name]} locked=${locked} onChange=${onChange} />`)}
  </div>`;
}
