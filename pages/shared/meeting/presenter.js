// Keys, swipes, taps, pace and the size of the screen; what is shown is decided in Python.
const STEPS = {
  ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, Enter: 1,
  ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Backspace: -1, Home: -Infinity, End: Infinity,
};
const SWIPE = 40, TAP = 10; // pixels of a finger's way

// The screen that was asked for last: keys pressed while one is drawn go on from there.
let target = 0, awaited = false;

export default function ({ parentElement, data, setStateValue, setTriggerValue }) {
  const pace = parentElement.querySelector("select");
  const bar = parentElement.querySelector(".presenter-done");
  const count = parentElement.querySelector(".presenter-count");
  count.textContent = `${data.at + 1} / ${data.of}`;
  bar.style.width = `${((data.at + 1) / data.of) * 100}%`;
  pace.value = String(data.pace);
  if (data.at === target) awaited = false;
  if (!awaited) target = data.at;

  const step = (by) => {
    const to = Math.min(Math.max(target + by, 0), data.of - 1);
    if (to === target) return;
    [target, awaited] = [to, true];
    setTriggerValue("go", String(to));
  };
  const size = () => {
    const now = `${window.innerWidth}x${window.innerHeight}`;
    if (now !== data.size) setStateValue("size", now);
  };
  const press = (event) => {
    if (event.target === pace) return;
    if (event.key === "f" || event.key === "F") {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen().catch(() => {});
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") setTriggerValue("go", "back");
    else if (event.key in STEPS) step(STEPS[event.key]);
    else return;
    event.preventDefault();
  };

  let from = null;
  const touch = (event) => { from = event.touches.length === 1 ? event.touches[0] : null; };
  const lift = (event) => {
    if (!from || event.target.closest("select, a, button")) return;
    const to = event.changedTouches[0];
    const [across, down] = [to.clientX - from.clientX, to.clientY - from.clientY];
    if (Math.abs(across) > SWIPE && Math.abs(across) > Math.abs(down)) step(across < 0 ? 1 : -1);
    else if (Math.hypot(across, down) < TAP && !event.target.closest(".js-plotly-plot"))
      step(to.clientX < window.innerWidth / 3 ? -1 : 1);
  };

  pace.onchange = () => { setStateValue("pace", Number(pace.value)); pace.blur(); };
  const listeners = [["keydown", press], ["touchstart", touch], ["touchend", lift]];
  for (const [name, listener] of listeners) window.addEventListener(name, listener, true);
  window.addEventListener("resize", size);
  size();
  const timer = data.pace && data.at + 1 < data.of
    ? window.setTimeout(() => step(1), data.pace * 1000) : 0;
  return () => {
    for (const [name, listener] of listeners) window.removeEventListener(name, listener, true);
    window.removeEventListener("resize", size);
    window.clearTimeout(timer);
  };
}
