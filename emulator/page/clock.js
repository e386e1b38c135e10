// Moments in the office's time zone, in the words of a DingTalk chat: 10:02, 昨天 10:02, 11月20日 10:02.

const ZONE = "Asia/Shanghai";
const formatter = new Intl.DateTimeFormat("en-CA", {
  timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

function parts(moment) {
  const found = Object.fromEntries(formatter.formatToParts(new Date(moment)).map((part) => [part.type, part.value]));
  return { ...found, day: `${found.year}-${found.month}-${found.day}`, dayOfMonth: found.day, time: `${found.hour}:${found.minute}` };
}

const DAY = 86_400_000;

function dayName(at, now) {
  const [then, today] = [parts(at), parts(now)];
  if (then.day === today.day) return "";
  if (then.day === parts(now - DAY).day) return "昨天";
  const short = `${Number(then.month)}月${Number(then.dayOfMonth)}日`;
  return then.year === today.year ? short : `${then.year}年${short}`;
}

/** Above a group of messages: the day where it is not today, and the time. */
export const chatTime = (at, now = Date.now()) => [dayName(at, now), parts(at).time].filter(Boolean).join(" ");

/** In the conversation list: the time of today, else the day. */
export const listTime = (at, now = Date.now()) => dayName(at, now) || parts(at).time;
