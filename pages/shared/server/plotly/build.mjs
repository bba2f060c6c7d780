// Makes plotly.min.js, see README.md beside it.
import { build } from "esbuild";

await build({
  entryPoints: ["entry.js"],
  outfile: "plotly.min.js",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2020",
  // As plotly.js/esbuild-config.js has it; the style sheet is that of maps on tiles.
  define: { global: "window", "define.amd": "false", "process.env.NODE_DEBUG": "false" },
  alias: { stream: "stream-browserify" },
  loader: { ".css": "empty" },
  legalComments: "none",
  banner: { js: "/* plotly.js 4.1.1: scatter, bar, heatmap, sankey. Copyright Plotly, Inc. and others, MIT, see LICENSE. */" },
});
