window.MathJax = {
  tex: { inlineMath: [["$", "$"]], displayMath: [["$$", "$$"]], processEscapes: true, processEnvironments: true },
  svg: { fontCache: "local" },
  options: { enableMenu: false },
  startup: { typeset: false },
};
