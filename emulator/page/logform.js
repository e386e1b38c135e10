// The platform's own log form: one writes a daily, weekly or monthly report on it, beside what one tells the bot.
import { html, useEffect, useState } from "./vendor/standalone.mjs";
import { api } from "./api.js";
import { nameOf, superiorOf } from "./people.js";

export function LogForm({ viewer, onDone }) {
  const [templates, setTemplates] = useState([]);
  const [name, setName] = useState("");
  const [values, setValues] = useState({});
  useEffect(() => {
    api.templates(viewer).then((answer) => {
      setTemplates(answer.templates);
      setName(answer.templates[0]?.name ?? "");
    }).catch(() => undefined);
  }, []);
  const fields = templates.find((one) => one.name === name)?.fields ?? [];
  const contents = fields.map((key) => ({ key, value: (values[key] ?? "").trim() })).filter((one) => one.value);
  const to = superiorOf(viewer);
  const file = () => onDone(api.report({ userid: viewer, template_name: name, contents, ...(to ? { to: [to] } : {}) }), () => {
    setValues({});
    return `${name}已提交${to ? `，发给${nameOf(to)}` : ""}`;
  });
  return html`<section class="form" aria-label="写日志">
    <label>模板<select value=${name} onChange=${({ target }) => setName(target.value)}>
      ${templates.map((one) => html`<option key=${one.name} value=${one.name}>${one.name}</option>`)}
    </select></label>
    ${fields.map((key) => html`<label key=${key}>${key}<textarea rows="2" value=${values[key] ?? ""}
      onInput=${({ target }) => setValues({ ...values, [key]: target.value })}></textarea></label>`)}
    <button class="press gray" disabled=${!contents.length} onClick=${file}>提交日志</button>
  </section>`;
}
