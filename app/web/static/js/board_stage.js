/* What stands on the board. A call is always either alone in the hero or in the list with its desk:
   12 s alone at least, 4 s when others wait behind it. Knows no socket. */
const ALONE_MS = 12_000;
const WAITED_FOR_MS = 4_000;
const ROWS = 3;
const NUMBER = /\d+(?:[:.,/]\d+)*/g;
const at = (id) => document.getElementById(id);

export class Stage {
  constructor(root, lang) {
    this.root = root;
    this.lang = lang;
    this.other = lang === "ar" ? "en" : "ar";
    this.shown = null;
    this.seen = new Set();
    this.coming = [];
    this.rows = [];
    this.since = performance.now();
    this.first = true;
    setInterval(() => this.turn(), 250);
  }

  get time() {
    return this.root.querySelector("[data-put=time]").textContent;
  }

  take(panels) {
    if (panels.recent) this.rows = panels.recent.rows;
    if (panels.calling) this.call(panels.calling.calls);
    if (panels.ready) at("ready").replaceChildren(...panels.ready.codes.map(code));
    if (panels.clock_line) this.clock(panels.clock_line);
    if (panels.notice) this.notice(panels.notice);
    for (const name of ["walk_in", "prayer"]) if (panels[name]) this.foot(name.replace("_", "-"), panels[name].text);
    this.list();
  }

  /* New calls wait their turn for the hero, oldest first. What the page was drawn with is not new. */
  call(calls) {
    const keys = new Set(calls.map(key));
    const drawn = at("hero").dataset.seq;
    for (const one of [...calls].reverse()) {
      const old = this.first && drawn !== "" && one.seq <= Number(drawn);
      if (!this.seen.has(key(one)) && !old) this.coming.push(one);
      this.seen.add(key(one));
    }
    for (const known of this.seen) if (!keys.has(known)) this.seen.delete(known);
    if (this.first && calls.length && String(calls[0].seq) === drawn) this.shown = calls[0];
    if (this.first) this.catchUp(calls);
    this.coming = this.coming.filter((one) => keys.has(key(one)));
    if (this.shown && !keys.has(key(this.shown))) this.gone = true;
    this.first = false;
    this.turn();
  }

  /* After a reload nobody wants the calls of the last minutes one by one: the newest stands. */
  catchUp(calls) {
    if (this.shown || !calls.length || at("hero").dataset.seq !== "") return;
    this.coming = [calls[0]];
  }

  turn() {
    const alone = performance.now() - this.since;
    if (this.coming.length && (!this.shown || alone >= WAITED_FOR_MS)) this.show(this.coming.shift());
    else if (this.gone && alone >= ALONE_MS) this.rest();
  }

  show(call) {
    this.shown = call;
    this.gone = false;
    this.since = performance.now();
    at("code").textContent = call.code;
    at("pair").classList.toggle("long", call.code.length > 3);
    at("desk").textContent = call.desk;
    at("way").textContent = call.way[this.lang];
    at("way-other").textContent = call.way[this.other];
    at("arrow").setAttribute("transform", `rotate(${call.arrow - 90} 12 12)`);
    at("again").hidden = !call.repeats;
    this.face(true);
    const hero = at("hero");
    hero.dataset.seq = call.seq;
    hero.classList.remove("pulse");
    void hero.offsetWidth; // Reading the size lets the same pulse start again.
    hero.classList.add("pulse");
    this.list();
  }

  rest() {
    this.shown = null;
    this.gone = false;
    this.face(false);
    this.list();
  }

  face(called) {
    at("call").hidden = !called;
    at("idle").hidden = called;
    at("hero").classList.toggle("quiet", !called);
    if (!called) at("hero").classList.remove("pulse");
  }

  list() {
    const alone = this.shown && this.shown.code;
    const rows = this.rows.filter((one) => one.code !== alone).slice(0, ROWS);
    at("recent").replaceChildren(...rows.map(row));
  }

  clock(line) {
    const words = { time: line.time, half: line.half[this.lang], date: line.date[this.lang], hijri: line.hijri[this.lang] };
    for (const [name, text] of Object.entries(words)) this.prose(this.root.querySelector(`[data-put=${name}]`), text, name === "time");
  }

  notice(notice) {
    this.prose(at("idle-words"), notice.idle[this.lang]);
    this.prose(at("idle-other"), notice.idle[this.other]);
    this.foot("notice", notice.text);
  }

  foot(id, text) {
    at(id).hidden = !text;
    if (text) this.prose(at(id).querySelector("span"), text[this.lang]);
  }

  /* A sentence whose numbers keep their own direction. */
  prose(element, text, whole = false) {
    if (whole) { element.textContent = text; return; }
    const parts = [];
    let end = 0;
    for (const found of text.matchAll(NUMBER)) {
      parts.push(text.slice(end, found.index), isolated(found[0]));
      end = found.index + found[0].length;
    }
    element.replaceChildren(...parts, text.slice(end));
  }
}

const key = (call) => `${call.code} ${call.desk} ${call.repeats} ${call.seq}`;

function isolated(number) {
  const bdi = document.createElement("bdi");
  bdi.className = "num";
  bdi.textContent = number;
  return bdi;
}

function code(letters) {
  const bdi = document.createElement("bdi");
  bdi.className = "code";
  bdi.dir = "ltr";
  bdi.textContent = letters;
  return bdi;
}

function row(call) {
  const made = at("row").content.firstElementChild.cloneNode(true);
  made.classList.toggle("long", call.code.length > 3);
  made.querySelector(".code").textContent = call.code;
  made.querySelector(".desk").textContent = call.desk;
  return made;
}
