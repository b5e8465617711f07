// From the sections that nbconvert made to slides on which nothing overflows: what does not fit on a slide is carried
// over to one below, and what is taller than a slide is made smaller.

const BLOCKS = ".jp-RenderedMarkdown > *, .jp-InputArea-editor, .jp-OutputArea-child";
const MARGIN = 64; // at the left and the right of a page, as in slides.css
const HEADINGS = "h1, h2, h3";
const FEW_LINES = 120; // pixels
const SMALLEST = 0.62; // a figure that would have to be smaller than this part of its size gets a slide of its own

function blocksOf(section) {
  return [...section.querySelectorAll(BLOCKS)].filter((block) => {
    if (block.closest("aside.notes") || block.parentElement.closest(".jp-OutputArea-child")) return false;
    if (block.querySelector("details")) return false;
    if (!block.innerText.trim() && !block.querySelector("img, svg, audio, video")) return false;
    if (block.closest(".fragment")) block.classList.add("fragment");
    return true;
  });
}

// How far the page's content reaches beyond it, in pixels: down, and to the sides, as a wide equation or table does.
function excess(page) {
  const box = page.getBoundingClientRect();
  const wide = [...page.querySelectorAll("svg, table, pre, img")].map((part) => part.getBoundingClientRect());
  const left = Math.max(0, ...wide.map((part) => box.left + MARGIN - part.left));
  const right = Math.max(0, ...wide.map((part) => part.right - (box.right - MARGIN)));
  return { down: page.scrollHeight - page.clientHeight, sideways: left + right };
}

function fits(page) {
  const { down, sideways } = excess(page);
  return down <= 0 && sideways <= 1;
}

function shrink(block, page) {
  const { down, sideways } = excess(page);
  const width = page.clientWidth - 2 * MARGIN;
  const factor = Math.min(1 - Math.max(0, down) / block.offsetHeight, width / (width + sideways));
  block.style.zoom = Math.max(0.3, factor) * 0.98;
}

// Takes rows off the end of a table or a list until it fits; returns a table or list of those that were taken.
function split(block, page) {
  if (!block.matches("table, ul, ol")) return null;
  const rest = block.cloneNode(true);
  const [rows, others] = [block, rest].map((part) => [...(part.tBodies?.[0] ?? part).children]);
  let kept = rows.length;
  while (kept > 1 && !fits(page)) rows[--kept].remove();
  if (kept === rows.length) return null;
  others.slice(0, kept).forEach((row) => row.remove());
  if (block.matches("ol")) rest.start = block.start + kept;
  return rest;
}

function newPage(sheet, heading) {
  const page = document.createElement("section");
  sheet.append(page);
  if (heading) {
    const again = heading.cloneNode(true);
    again.classList.add("continued");
    page.append(again);
  }
  return page;
}

// A text that announces what comes next moves to the next page with it.
function announces(block) {
  const text = block.textContent.trim();
  return block.matches("h3, h4, h5") || (block.matches("p") && (/[:,]$/.test(text) || isBold(block)));
}

function isBold(block) {
  return block.childNodes.length === 1 && block.firstChild.nodeName === "STRONG";
}

function paginate(section, sheet) {
  const blocks = blocksOf(section);
  const heading = blocks[0]?.matches(HEADINGS) ? blocks[0] : null;
  const pages = [newPage(sheet)];
  if (heading?.matches("h1")) pages[0].classList.add("title");
  while (blocks.length) {
    const block = blocks.shift();
    let page = pages.at(-1);
    page.append(block);
    if (excess(page).down <= 0) {
      if (!fits(page)) shrink(block, page);
      continue;
    }
    if (block.querySelector("img") && excess(page).down < (1 - SMALLEST) * block.offsetHeight) {
      shrink(block, page);
      continue;
    }
    const before = [...page.children].slice(0, -1);
    const moved = [block];
    while (before.length > 1 && announces(before.at(-1))) moved.unshift(before.pop());
    if (before.some((other) => !other.matches(HEADINGS))) {
      page = newPage(sheet, heading);
      pages.push(page);
      page.append(...moved);
    }
    const rest = split(block, page);
    if (rest) blocks.unshift(rest);
    if (!fits(page)) shrink(block, page);
  }
  bringBack(pages);
  pages.forEach(hideAnswers);
  section.querySelectorAll("aside.notes").forEach((notes) => pages[0].append(notes));
  return pages;
}

// A last page with a few lines only: they go back to the page before, if it holds them in a smaller type.
function bringBack(pages) {
  const [before, last] = pages.slice(-2);
  const blocks = [...(last?.children ?? [])].filter((block) => !block.matches(".continued"));
  if (blocks.length !== 1 || blocks[0].offsetHeight > FEW_LINES) return;
  before.append(blocks[0]);
  before.classList.add("dense");
  if (fits(before)) {
    pages.pop().remove();
  } else {
    before.classList.remove("dense");
    last.append(blocks[0]);
  }
}

// What a cell printed or drew after a question waits for a key.
function hideAnswers(page) {
  let questions = 0;
  let asked = false;
  for (const block of page.children) {
    const isOutput = block.matches(".jp-OutputArea-child");
    if (isOutput && asked) {
      block.classList.add("fragment");
      block.dataset.fragmentIndex = questions;
    } else if (block.matches("p")) {
      asked = block.textContent.trim().endsWith("?");
      questions += asked;
    }
  }
}

async function start() {
  await MathJax.typesetPromise();
  await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
  const notebook = document.getElementById("notebook");
  const sheet = document.createElement("div");
  sheet.className = "sheet";
  document.body.append(sheet);
  for (const slide of notebook.querySelectorAll(":scope > section")) {
    const pages = [...slide.querySelectorAll(":scope > section")].flatMap((section) => paginate(section, sheet));
    const stack = document.createElement("section");
    stack.append(...pages);
    document.querySelector(".slides").append(stack);
  }
  notebook.remove();
  sheet.remove();
  await Reveal.initialize({
    width: 1280,
    height: 720,
    margin: 0,
    center: false,
    controls: false,
    hash: true,
    slideNumber: "c/t",
    navigationMode: "linear",
    transition: "none",
    plugins: [RevealNotes],
  });
  document.documentElement.dataset.ready = "yes";
}

start();
