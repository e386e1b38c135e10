// Starts the page: draws it, reads the address, follows the server.
import { html, render, useEffect } from "./vendor/standalone.mjs";
import { narrow, readAddress } from "./actions.js";
import { api } from "./api.js";
import { Chat } from "./chat.js";
import { nameOf } from "./people.js";
import { Sidebar } from "./sidebar.js";
import { change, read, useOffice } from "./state.js";
import { Switcher, openSwitcher } from "./switcher.js";
import { Workday } from "./workday.js";

const RETRY_MILLISECONDS = 1000;

function Page() {
  const office = useOffice();
  useEffect(() => {
    const onKey = (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        openSwitcher();
      }
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  useEffect(() => {
    if (office.organization && !office.viewer) openSwitcher();
  }, [office.organization, office.viewer]);
  useEffect(() => {
    const unread = office.conversations.reduce((sum, row) => sum + (row.unread || 0), 0);
    document.title = `${unread ? `(${unread}) ` : ""}${office.viewer ? nameOf(office.viewer) : "消息"} · 模拟钉钉`;
  }, [office]);
  return html`
    <div class="window ${office.conversation ? "in-chat" : "in-list"}">
      ${!office.connected && html`<p class="lost" role="alert">连接中断，正在重连…</p>`}
      <${Sidebar} office=${office} />
      <${Chat} office=${office} key=${office.viewer} />
      <${Switcher} office=${office} />
      <${Workday} viewer=${office.viewer} key=${`workday-${office.viewer}`} />
      <p class="unseen" role="status" aria-live="polite">${office.spoken}</p>
      <div class="toasts" role="alert">${office.toast && html`<p class="toast">${office.toast}</p>`}</div>
    </div>`;
}

async function begin() {
  while (!read().organization) {
    try {
      change({ organization: await api.people(), connected: true });
    } catch {
      change({ connected: false });
      await new Promise((done) => setTimeout(done, RETRY_MILLISECONDS));
    }
  }
  readAddress();
}

const root = document.getElementById("page");
root.replaceChildren();
render(html`<${Page} />`, root);
addEventListener("popstate", readAddress);
narrow.addEventListener("change", readAddress);
void begin();
