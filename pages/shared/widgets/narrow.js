// A figure on a phone: smaller labels, names in a legend instead of at the bars.
const NARROW = 560; // pixels
const SMALL = 12; // pixels of a letter
const LINE = 22; // pixels of an entry of the legend
const LOWER = 0.86; // as high as on a desk, where a label in two lines has larger letters
const END = "柱端"; // the name of what stands beyond a stack of bars
const LINE_END = "线端"; // of a line's name at its end

// “12　中位数（含在办）” is a value and the name of its series, “　12” a value alone.
const value = (text) => String(text ?? "").replace(/(\S)　.*$/, "$1");

// Of what stands beyond a stack the sum alone; of one part the figure, whose colour is its name.
const last = (text) => {
  const end = text.split("、").pop();
  return end.startsWith("共") ? end : end.match(/[\d.,]+%?$/)?.[0] ?? end;
};

const widest = (texts) => Math.max(0, ...texts.map((text) =>
  [...text].reduce((wide, letter) => wide + (letter > "ÿ" ? SMALL : 0.6 * SMALL), 0)));

const plain = (trace, marks) => {
  if (trace.type === "sankey") return { ...trace, textfont: { size: 11 } };
  if (!Array.isArray(trace.text) || !trace.text.some((text) => value(text) !== text)) return trace;
  return { ...trace, text: trace.text.map(value), showlegend: marks && trace.mode !== "text" };
};

// A map as high as its width asks for, with its legend, and with what plays the months.
const fittingHeight = ({ xaxis, yaxis, height, sliders }, width) => {
  const [west, east] = xaxis.range, [south, north] = yaxis.range;
  const below = sliders ? 260 : 100;
  return Math.min(height, Math.round(width * (north - south) / (east - west)) + below);
};

function narrowed({ data, layout, frames }, width) {
  const lying = layout.yaxis?.type === "category";
  const names = data.some((trace) => trace.name && (trace.text ?? []).some?.((t) => value(t) !== t));
  const traces = data.map((trace) => plain(trace, names));
  const shaped = { ...layout, xaxis: { ...layout.xaxis, tickfont: { size: SMALL - 1 } } };
  if (layout.yaxis?.scaleanchor) shaped.height = fittingHeight(layout, width);
  if (layout.sliders) {
    // Its first month would be cut, its months would lie on the classes.
    shaped.sliders = layout.sliders.map((slider) => ({ ...slider, x: 0.08, len: 0.84 }));
    shaped.legend = { ...layout.legend, yref: "container", y: 0, yanchor: "bottom" };
  }
  if (lying) {
    shaped.yaxis = { ...layout.yaxis, tickfont: { size: SMALL } };
    if (layout.yaxis.ticktext) shaped.height = Math.round(layout.height * LOWER);
    // A legend takes half of the height at most, and here a line an entry.
    const entries = layout.showlegend ? data.filter((trace) => trace.showlegend !== false) : [];
    shaped.height = Math.max(shaped.height, 2 * LINE * entries.length + 60);
    shaped.annotations = (layout.annotations ?? []).map((each) =>
      (each.name === END ? { ...each, text: last(each.text) } : each));
    const beyond = [
      ...traces.flatMap((trace) => (Array.isArray(trace.text) ? trace.text : [])),
      ...shaped.annotations.filter((each) => each.name === END).map((each) => each.text),
    ].map(String);
    shaped.margin = { ...layout.margin, r: Math.min(layout.margin.r, 16 + widest(beyond)) };
  }
  if ((layout.annotations ?? []).some((each) => each.name === LINE_END)) {
    // The lines have the width, their names a legend below them.
    shaped.annotations = layout.annotations.filter((each) => each.name !== LINE_END);
    shaped.showlegend = true;
    shaped.margin = { ...layout.margin, r: 20 };
    shaped.legend = { ...layout.legend, font: { size: SMALL } };
    shaped.height = (layout.height ?? 340) + 24 * Math.ceil(data.length / 2);
    return { data: data.map((trace) => ({ ...trace, showlegend: true })), layout: shaped, frames };
  }
  if (names) {
    const added = 40, margin = shaped.margin ?? {};
    shaped.showlegend = true;
    shaped.margin = { ...margin, t: (margin.t ?? 24) + added };
    shaped.height = (shaped.height ?? 340) + added;
    const above = { yref: "container", y: 1, yanchor: "top", x: 0 };
    shaped.legend = { ...layout.legend, ...above, font: { size: SMALL } };
  }
  return { data: traces, layout: shaped, frames };
}

const fitted = (figure, width) => (width < NARROW ? narrowed(figure, width) : figure);
