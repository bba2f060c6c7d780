// Nothing from outside: fonts of the system, libraries from node_modules.
export default {
  title: "未转办", root: "src", sidebar: false, toc: false, pager: false, footer: "", globalStylesheets: [],
};
