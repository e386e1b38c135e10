// The working day: a dialog to clock in and out, to check in at a place that one visits, and to write a log.
import { html, useState } from "./vendor/standalone.mjs";
import { toast } from "./actions.js";
import { api, Refused } from "./api.js";
import { chatTime } from "./clock.js";
import { LogForm } from "./logform.js";

const RESULTS = { Late: "（迟到）", Early: "（早退）" };

export const openWorkday = () => document.getElementById("workday").showModal();
const close = () => document.getElementById("workday").close();

/** Does it, and says what came of it. */
async function done(deed, words) {
  try {
    toast(words(await deed));
    close();
  } catch (error) {
    toast(error instanceof Refused ? "没有成功，请检查填写的内容" : "连接中断，没有成功");
  }
}

export function Workday({ viewer }) {
  const [outside, setOutside] = useState(false);
  const [place, setPlace] = useState("");
  const [remark, setRemark] = useState("");
  const [writes, setWrites] = useState(false);
  const clock = (type, name) => done(
    api.clock({ userid: viewer, type, ...(outside ? { location: { address: place, outside } } : {}) }),
    ({ result }) => `${name}打卡成功 ${chatTime(Date.now())}${RESULTS[result] ?? ""}`,
  );
  const checkIn = () => done(api.checkIn({ userid: viewer, place: place.trim(), remark }), () => `已签到：${place.trim()}`);
  return html`<dialog id="workday" class="switcher" aria-label="考勤" onClick=${(event) => event.target.id === "workday" && close()}>
    <div class="inside workday">
      ${!writes && html`<p class="head"><b>考勤</b><span>打卡和签到都以现在的时间为准</span></p>
      <div class="presses">
        <button class="press blue" onClick=${() => clock("OnDuty", "上班")}>上班打卡</button>
        <button class="press blue" onClick=${() => clock("OffDuty", "下班")}>下班打卡</button>
      </div>
      <label class="outside"><input type="checkbox" checked=${outside} onChange=${({ target }) => setOutside(target.checked)} /> 外勤</label>
      <div class="form">
        <label>地点<input value=${place} onInput=${({ target }) => setPlace(target.value)} /></label>
        <label>备注<input value=${remark} onInput=${({ target }) => setRemark(target.value)} /></label>
      </div>
      <button class="press gray" disabled=${!place.trim()} onClick=${checkIn}>签到</button>`}
      <p class="head"><b>日志</b><button class="quiet" aria-expanded=${String(writes)} onClick=${() => setWrites(!writes)}>${writes ? "收起" : "写日志"}</button></p>
      ${writes && html`<${LogForm} viewer=${viewer} onDone=${done} />`}
    </div>
  </dialog>`;
}
