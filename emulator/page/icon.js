// The few line drawings of the page, as vnodes.
import { html } from "./vendor/standalone.mjs";

const PATHS = {
  nod: "M7 12.6l3.6 3.5L17.4 8.6",
  chat: "M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-4.5 3.6V17H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.8 19.5c.4-3.6 3-5.5 6.2-5.5s5.8 1.9 6.2 5.5M16 4.4a3.4 3.4 0 0 1 0 6.3M18 14.4c1.9.8 3 2.5 3.2 5.1",
  window: "M13.5 4H20v6.5M20 4l-8.5 8.5M17.5 13.5V18a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V8.5a2 2 0 0 1 2-2h4.5",
  back: "M14.5 5.5L8 12l6.5 6.5",
  clip: "M20 11.5l-7.8 7.7a5 5 0 0 1-7-7l8-8a3.3 3.3 0 0 1 4.7 4.7l-8 8a1.7 1.7 0 0 1-2.4-2.4l7.3-7.2",
  at: "M12 15.8a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.6zM15.8 8.5v5a2.5 2.5 0 0 0 5 0V12a8.8 8.8 0 1 0-3.6 7.1",
  search: "M11 17.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM20 20l-4.3-4.3",
  down: "M6 9.5l6 6 6-6",
  close: "M6 6l12 12M18 6L6 18",
  file: "M6 3h8l5 5v12a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM14 3v5h5",
  bolt: "M13 2.5L5 13.5h6l-1 8 8-11h-6z",
};

export const Icon = ({ name }) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;
