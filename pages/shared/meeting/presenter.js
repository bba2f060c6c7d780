// Keys, pace and the size of the screen; what is shown is decided in Python.
const KEYS = {
  ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", Enter: "next",
  ArrowLeft: "previous", ArrowUp: "previous", PageUp: "previous", Backspace: "previous",
  Home: "first", End: "last", Escape: "back",
};

export default function ({ parentElement, data, setStateValue, setTriggerValue }) {
  const pace = parentElement.querySelector("select");
  const bar = parentElement.querySelector(".presenter-done");
  const count = parentElement.querySelector(".presenter-count");
  count.textContent = `${data.at + 1} / ${data.of}`;
  bar.style.width = `${((data.at + 1) / data.of) * 100}%`;
  pace.value = String(data.pace);

  const go = (where) => setTriggerValue("go", where);
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
    const where = KEYS[event.key];
    if (!where || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    go(where);
  };
  pace.onchange = () => { setStateValue("pace", Number(pace.value)); pace.blur(); };
  window.addEventListener("keydown", press, true);
  window.addEventListener("resize", size);
  size();
  const timer = data.pace && data.at + 1 < data.of
    ? window.setTimeout(() => go("next"), data.pace * 1000) : 0;
  return () => {
    window.removeEventListener("keydown", press, true);
    window.removeEventListener("resize", size);
    window.clearTimeout(timer);
  };
}
