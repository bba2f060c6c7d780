// What the board's charts need of Plotly: scatter is in the core; heatmap and sankey are drawn on
// the meeting's screens and on 预警处置.
import Plotly from "plotly.js/lib/core";
import bar from "plotly.js/lib/bar";
import heatmap from "plotly.js/lib/heatmap";
import sankey from "plotly.js/lib/sankey";
import chinese from "plotly.js/lib/locales/zh-cn";

Plotly.register([bar, heatmap, sankey, chinese]);
export default Plotly;
