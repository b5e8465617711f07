// From the sections that nbconvert made to slides on which nothing overflows: what does not fit on a slide is carried
// over to one below, and what is taller than a slide is made smaller.

const BLOCKS = ".jp-RenderedMarkdown > *, .jp-InputArea-editor, .jp-OutputArea-child";
const HEADINGS = "h1, h2, h3";
const SMALLEST = 0.62; // a figure that would have to be smaller than this part of its size gets a slide of its own

function blocksOf(section) {
  return [...section.querySelectorAll(BLOCKS)].filter((block) => {
    if (block.closest("aside.notes") || block.parentElement.closest(".jp-OutputArea-child")) return false;
    if (block.querySelector("details") || !(block.innerText.trim() || block.querySelector("img, svg"))) return false;
    if (block.closest(".fragment")) block.classList.add("fragment");
    return true;
  });
}

function shrink(block, page) {
  const taken = page.scrollHeight - block.offsetHeight;
  block.style.zoom = Math.max(0.3, (page.clientHeight - taken) / block.offsetHeight) * 0.98;
}

function fits(page) {
  return page.scrollHeight <= page.clientHeight && page.scrollWidth <= page.clientWidth;
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

function paginate(section, sheet) {
  const blocks = blocksOf(section);
  const heading = blocks[0]?.matches(HEADINGS) ? blocks[0] : null;
  const pages = [newPage(sheet)];
  if (heading?.matches("h1")) pages[0].classList.add("title");
  for (const block of blocks) {
    let page = pages.at(-1);
    page.append(block);
    if (fits(page)) continue;
    if (block.querySelector("img") && (page.clientHeight - page.scrollHeight) / block.offsetHeight > SMALLEST - 1) {
      shrink(block, page);
      continue;
    }
    const before = [...page.children].slice(0, -1);
    const moved = [block];
    while (before.length && before.at(-1).matches("h3, h4, h5")) moved.unshift(before.pop());
    if (before.some((other) => !other.matches(HEADINGS))) {
      page = newPage(sheet, heading);
      pages.push(page);
      page.append(...moved);
    }
    if (!fits(page)) shrink(block, page);
  }
  section.querySelectorAll("aside.notes").forEach((notes) => pages[0].append(notes));
  return pages;
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
