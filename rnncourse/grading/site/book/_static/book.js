// What is wider than the page scrolls in its own box, and the keyboard reaches it.
function makeReachable() {
  for (const math of document.querySelectorAll("span.math")) {
    math.classList.remove("wide");
    math.classList.toggle("wide", math.offsetWidth > math.parentElement.clientWidth);
  }
  for (const box of document.querySelectorAll("pre, .math, .table-wrapper, .output.text_html")) {
    if (box.clientWidth && box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}

addEventListener("load", async () => {
  await window.MathJax?.startup.promise;
  makeReachable();
  addEventListener("resize", makeReachable);
  document.documentElement.dataset.ready = "yes";
});
