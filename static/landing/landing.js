// The landing page: the words, the carousel, the goods and one product in a dialog.
// Plain modules, no library, no inline script or style (the page runs under `default-src 'self'`).

import { LANGUAGES, TAGS, TEXTS } from "./texts.js";

const API = "/api/v1";
const PAGE_SIZE = 24;
const SLIDE_MS = 6000;
const TYPING_MS = 250;
const FEW_LEFT = 5;
const NO_MOTION = matchMedia("(prefers-reduced-motion: reduce)");

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** What is shown; language, search and category also live in the address. */
const state = { lang: "en", q: "", category: "", page: 1 };
let text = TEXTS.en;

// ---- small tools ------------------------------------------------------------------------------

/** An element with properties (`class`, `aria-…`, `on…`) and children. */
function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

async function get(path, params = {}, signal) {
  const query = new URLSearchParams({ ...params, lang: state.lang });
  for (const [key, value] of [...query]) if (value === "") query.delete(key);
  const answer = await fetch(`${API}${path}?${query}`, { signal, headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/** Minor units as money: the currency tells how many digits they are. */
function money(minor, currency) {
  const format = new Intl.NumberFormat(TAGS[state.lang], { style: "currency", currency });
  return format.format(minor / 10 ** format.resolvedOptions().maximumFractionDigits);
}

const number = (value) => new Intl.NumberFormat(TAGS[state.lang]).format(value);
const percent = (share) => new Intl.NumberFormat(TAGS[state.lang], { style: "percent" }).format(share);

/** The address of a picture, whether the answer holds an Image or a bare path. */
const pictureUrl = (image, size) => (typeof image === "string" ? image : image?.variants?.[size] ?? image?.url ?? null);

function picture(image, size, alt) {
  const src = pictureUrl(image, size);
  return src
    ? el("img", { src, alt, loading: "lazy", decoding: "async" })
    : el("span", { class: "no-picture", "aria-hidden": "true" }, "◌");
}

// ---- language and address ---------------------------------------------------------------------

function readAddress() {
  const query = new URLSearchParams(location.search);
  const asked = query.get("lang");
  const spoken = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => LANGUAGES.includes(tag));
  state.lang = LANGUAGES.includes(asked) ? asked : spoken ?? "en";
  state.q = query.get("q") ?? "";
  state.category = query.get("category") ?? "";
  state.page = 1;
}

function address(changes = {}) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries({ lang: state.lang, q: state.q, category: state.category, ...changes }))
    if (value) query.set(key, value);
  return `?${query}`;
}

function speak() {
  text = TEXTS[state.lang];
  document.documentElement.lang = TAGS[state.lang];
  document.title = text.pageTitle;
  for (const node of $$("[data-text]")) node.textContent = text[node.dataset.text];
  for (const node of $$("[data-label]")) node.setAttribute("aria-label", text[node.dataset.label]);
  for (const node of $$("[data-placeholder]")) node.placeholder = text[node.dataset.placeholder];
  for (const link of $$("[data-lang]")) {
    link.href = address({ lang: link.dataset.lang });
    link.setAttribute("aria-current", String(link.dataset.lang === state.lang));
  }
}

// ---- carousel ---------------------------------------------------------------------------------

const carousel = {
  root: $("#carousel"), track: $("#carousel .slides"), timer: 0, paused: NO_MOTION.matches,

  at() { return Math.round(this.track.scrollLeft / Math.max(1, this.track.clientWidth)); },

  step(by) {
    const count = this.track.children.length;
    const left = ((this.at() + by + count) % count) * this.track.clientWidth;
    this.track.scrollTo({ left, behavior: NO_MOTION.matches ? "instant" : "smooth" });
  },

  run() {
    clearInterval(this.timer);
    $("[data-pause]", this.root).setAttribute("aria-pressed", String(this.paused));
    const resting = this.root.matches(":hover, :focus-within");
    if (!this.paused && !resting) this.timer = setInterval(() => document.hidden || this.step(1), SLIDE_MS);
  },

  start() {
    for (const button of $$("[data-step]", this.root))
      button.addEventListener("click", () => this.step(Number(button.dataset.step)));
    $("[data-pause]", this.root).addEventListener("click", () => { this.paused = !this.paused; this.run(); });
    for (const kind of ["mouseenter", "mouseleave", "focusin", "focusout"])
      this.root.addEventListener(kind, () => setTimeout(() => this.run()));
  },

  async load() {
    const { items } = await get("/carousels").catch(() => ({ items: [] }));
    this.root.hidden = items.length === 0;
    this.track.replaceChildren(...items.map((item, place) => slide(item, place, items.length)));
    this.track.scrollTo({ left: 0, behavior: "instant" });
    this.run();
  },
};

function slide(item, place, count) {
  const src = pictureUrl(item.image, "large");
  const shown = [
    src && el("img", { src, alt: "", decoding: "async", loading: place === 0 ? "eager" : "lazy" }),
    el("span", {}, item.title),
  ];
  return el("div", { role: "group", "aria-roledescription": "slide", "aria-label": text.slide(place + 1, count) },
    item.product_id === null
      ? el("div", { class: "slide" }, ...shown)
      : el("button", { class: "slide", type: "button", onclick: () => openProduct(item.product_id) }, ...shown));
}

// ---- categories -------------------------------------------------------------------------------

async function loadCategories() {
  const { items } = await get("/categories").catch(() => ({ items: [] }));
  const below = (parent) => items.filter((item) => (item.parent_id ?? null) === parent)
    .flatMap((item) => [item, ...below(item.id)]);
  const all = items.length > 0 ? [{ id: "", name: text.all, image: null, parent_id: null }] : [];
  $("#categories").replaceChildren(...[...all, ...below(null)].map(chip));
}

function chip(category) {
  const id = String(category.id);
  const icon = pictureUrl(category.image, "thumb");
  return el("li", { class: category.parent_id ? "child" : null },
    el("button", { type: "button", "data-category": id, "aria-pressed": String(state.category === id),
      onclick: () => show({ category: id }) },
      icon && el("img", { src: icon, alt: "", width: 22, height: 22 }), category.name));
}

// ---- goods ------------------------------------------------------------------------------------

let asking = new AbortController();

/** Changes the search or the category, in the address too, and asks again. */
function show(changes) {
  Object.assign(state, changes, { page: 1 });
  history.replaceState(null, "", address());
  $("#q").value = state.q;
  for (const button of $$("#categories button"))
    button.setAttribute("aria-pressed", String(button.dataset.category === state.category));
  speak();
  return loadGoods();
}

async function loadGoods() {
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  const grid = $("#grid");
  if (state.page === 1) grid.replaceChildren(...Array.from({ length: 8 }, skeleton));
  grid.setAttribute("aria-busy", "true");
  $("#count").textContent = text.loading;
  $("#notice").hidden = true;
  $("#more").hidden = true;
  try {
    const found = await get("/products",
      { q: state.q, category_id: state.category, page_size: PAGE_SIZE, page_num: state.page }, signal);
    showGoods(found);
  } catch (error) {
    if (signal.aborted) return;
    console.warn(error);
    if (state.page === 1) grid.replaceChildren();
    $("#count").textContent = "";
    notice(text.failed, text.retry, loadGoods);
  }
  if (!signal.aborted) grid.removeAttribute("aria-busy");
}

function showGoods({ items, total = items.length }) {
  const grid = $("#grid");
  const shown = number(total);
  const cards = items.map(card);
  if (state.page === 1) grid.replaceChildren(...cards);
  else grid.append(...cards);
  if (state.page > 1) $("button", cards[0] ?? grid)?.focus({ preventScroll: true });
  $("#count").textContent = total === 0 ? "" : state.q ? text.found(total, shown, state.q) : text.count(total, shown);
  $("#more").hidden = grid.children.length >= total || items.length === 0;
  if (total > 0) return;
  if (state.q || state.category)
    notice(state.q ? text.nothing(state.q) : text.empty, text.showAll, () => show({ q: "", category: "" }));
  else notice(text.empty);
}

function notice(words, action, act) {
  $("#notice").replaceChildren(el("p", { role: "alert" }, words),
    action && el("button", { class: "button", type: "button", onclick: act }, action) || "");
  $("#notice").hidden = false;
}

const skeleton = () => el("li", { class: "card skeleton", "aria-hidden": "true" },
  el("div", { class: "photo" }), el("div", { class: "line" }), el("div", { class: "line short" }));

function card(product) {
  return el("li", { class: "card" },
    el("div", { class: "photo" }, picture(product.cover, "small", ""), badge(product)),
    el("h3", {}, el("button", { type: "button", onclick: () => openProduct(product.id) }, product.name)),
    el("p", { class: "title" }, product.title),
    price(product));
}

function badge({ num, price: list, discount_price: less }) {
  if (num === 0) return el("span", { class: "badge gone" }, text.soldOut);
  if (num <= FEW_LEFT) return el("span", { class: "badge few" }, text.fewLeft(number(num)));
  if (less !== null && list > 0) return el("span", { class: "badge" }, text.off(percent(1 - less / list)));
  return null;
}

function price({ price: list, discount_price: less, currency }) {
  if (less === null || less === undefined) return el("p", { class: "price" }, money(list, currency));
  return el("p", { class: "price" },
    el("span", { class: "unseen" }, text.now), el("strong", {}, money(less, currency)), " ",
    el("span", { class: "unseen" }, text.was), el("s", {}, money(list, currency)));
}

// ---- one product ------------------------------------------------------------------------------

async function openProduct(id) {
  const dialog = $("#product");
  const body = $(".product", dialog);
  body.replaceChildren(el("p", { class: "wait" }, text.loading));
  dialog.showModal();
  try {
    body.replaceChildren(...details(await get(`/product/${id}`)));
  } catch (error) {
    console.warn(error);
    body.replaceChildren(el("p", { class: "wait", role: "alert" }, text.failed));
  }
}

function details(product) {
  const images = product.images?.length ? product.images : [product.cover];
  const stage = el("div", { class: "stage" }, picture(images[0], "large", product.name));
  const look = (image) => stage.replaceChildren(picture(image, "large", product.name));
  return [
    el("div", { class: "pictures" }, stage, images.length > 1 && el("div", { class: "thumbs" },
      ...images.map((image, place) => el("button",
        { type: "button", "aria-label": text.picture(place + 1), onclick: () => look(image) }, picture(image, "thumb", ""))))),
    el("div", { class: "facts" },
      el("h2", { id: "product-name" }, product.name), el("p", { class: "title" }, product.title),
      price(product), el("p", { class: "info" }, product.info), skus(product)),
  ];
}

function skus({ skus: list }) {
  const row = (sku) => el("tr", {},
    el("th", { scope: "row" }, Object.values(sku.options).join(" · ") || text.standard),
    el("td", {}, money(sku.discount_price ?? sku.price, sku.currency)),
    el("td", { class: sku.num === 0 ? "gone" : null }, sku.num === 0 ? text.soldOut : text.left(number(sku.num))));
  return el("table", {},
    el("thead", {}, el("tr", {}, ...["variant", "price", "stock"].map((key) => el("th", { scope: "col" }, text[key])))),
    el("tbody", {}, ...list.map(row)));
}

// ---- start ------------------------------------------------------------------------------------

function startSearch() {
  let typing = 0;
  const search = () => { clearTimeout(typing); if ($("#q").value.trim() !== state.q) show({ q: $("#q").value.trim() }); };
  // Half-composed Chinese and Japanese words are not searched for; `compositionend` fires when one is complete.
  const later = (event) => { if (!event.isComposing) { clearTimeout(typing); typing = setTimeout(search, TYPING_MS); } };
  $("#q").addEventListener("input", later);
  $("#q").addEventListener("compositionend", later);
  $("#search").addEventListener("submit", (event) => { event.preventDefault(); search(); });
}

function startShells() {
  for (const code of $$(".shells code")) {
    code.textContent = code.textContent.replaceAll("http://127.0.0.1:8080", location.origin);
    const button = el("button", { class: "copy", type: "button", "data-text": "copy" }, text.copy);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(code.textContent).then(
        () => { button.textContent = text.copied; },
        () => getSelection().selectAllChildren(code));
      setTimeout(() => { button.textContent = text.copy; }, 1500);
    });
    code.closest("figure").append(button);
  }
}

function load() {
  $("#q").value = state.q;
  speak();
  return Promise.all([carousel.load(), loadCategories(), loadGoods()]);
}

function start() {
  readAddress();
  carousel.start();
  startSearch();
  startShells();
  $("#more").addEventListener("click", () => { state.page += 1; loadGoods(); });
  $("#product").addEventListener("click", (event) => { if (event.target === event.currentTarget) event.target.close(); });
  for (const link of $$("[data-lang]"))
    link.addEventListener("click", (event) => {
      event.preventDefault();
      state.lang = link.dataset.lang;
      state.page = 1;
      history.replaceState(null, "", address());
      load();
    });
  load();
}

start();
