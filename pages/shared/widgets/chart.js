// Draws a figure with Plotly: when it comes near the screen, and in place when it changes.
const CONFIG = { displaylogo: false, displayModeBar: false, locale: "zh-CN" };
const NEAR = "300px 0px"; // how far below or above the screen a chart is drawn

// What each place shows and what it should show; Plotly, once it has come.
const charts = new Map();
let Plotly, coming;

const come = () => (coming ??= import(new URL("__BUNDLE__", window.__streamlit.BACKEND_BASE_URL))
  .then((module) => { Plotly = module.default; }));

const unpacked = (text) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
};

const draw = (chart) => {
  const { place, figure } = chart;
  if (!Plotly || !figure || !charts.has(place)) return;
  chart.figure = null;
  chart.width = place.clientWidth;
  figure.layout.clickmode = "event";
  chart.drawn = figure;
  const shown = fitted(figure, chart.width);
  if (shown.layout.height) place.style.height = `${shown.layout.height}px`;
  Plotly.react(place, { ...shown, config: CONFIG });
  if (!chart.heard) place.on("plotly_click", ({ points }) => chart.clicked(points));
  chart.heard = true;
  place.dataset.state = "drawn";
};

const drawIfNear = async (chart) => {
  if (!chart.near || !chart.figure) return;
  chart.place.dataset.state = "drawing";
  await come();
  draw(chart);
};

const screen = new IntersectionObserver((changes) => {
  for (const { target, isIntersecting } of changes) {
    const chart = charts.get(target);
    if (!chart) continue;
    chart.near = isIntersecting;
    drawIfNear(chart);
  }
}, { rootMargin: NEAR, scrollMargin: NEAR });

const sizes = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    const chart = charts.get(target), width = target.clientWidth;
    if (!chart?.width || !width || width === chart.width) continue;
    const turned = width < NARROW !== chart.width < NARROW;
    chart.width = width;
    if (turned) {
      chart.figure ??= chart.drawn;
      // `react` keeps the room of a legend that is not there any more; a map has it always.
      if (!chart.figure.layout.yaxis?.scaleanchor) {
        Plotly.purge(target);
        chart.heard = false;
      }
      draw(chart);
    }
    // `react` keeps the width of before.
    Plotly.Plots.resize(target);
  }
});

// On paper every chart is near.
window.addEventListener("beforeprint", () => charts.forEach(draw));

// The first text is on the screen before Plotly is asked for; charts further down have it ready.
const idle = window.requestIdleCallback ?? window.setTimeout;

const begin = (place) => {
  if (!coming) idle(come);
  const chart = { place };
  charts.set(place, chart);
  screen.observe(place);
  sizes.observe(place);
  return chart;
};

const end = ({ place }) => {
  charts.delete(place);
  screen.unobserve(place);
  sizes.unobserve(place);
  Plotly?.purge(place);
};

const ask = async (chart, { name, text, height }) => {
  chart.asked = name;
  chart.place.style.height = `${height}px`;
  // What it showed is not true any more; far from the screen it is not seen until it is drawn.
  chart.place.dataset.state = chart.near ? "drawing" : "waiting";
  const figure = await unpacked(text);
  if (chart.asked !== name) return;
  chart.figure = figure;
  drawIfNear(chart);
};

export default function ({ data, parentElement, setTriggerValue }) {
  const place = parentElement.querySelector(".board-chart");
  const chart = charts.get(place) ?? begin(place);
  place.setAttribute("aria-label", data.alt);
  chart.clicked = (points) => {
    // A point has a code of its own, an area that of its trace.
    const codes = points.flatMap((point) => [point.customdata ?? point.data.customdata].flat()[0]);
    const code = codes.find(Boolean);
    if (data.live && code) setTriggerValue("clicked", code);
  };
  if (chart.asked !== data.name) ask(chart, data);
  // Streamlit also ends a run that a later one overtook: the place is the later one's then.
  const run = (chart.run = {});
  return () => { if (chart.run === run) end(chart); };
}
