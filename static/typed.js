// Nothing typed is lost: what stands unsaved in one form outlives the sending of another form of the page,
// a look at the agreement, and a sign-in that expired. It is kept in this tab, for this person, until sent.

const main = document.querySelector("main[data-typed]");
const KEY = `typed ${main.dataset.typed}`;
const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");

const isBox = (field) => field.type === "checkbox" || field.type === "radio";
const plain = (text) => text.replaceAll("\r\n", "\n").trim();
const now = (field) => (isBox(field) ? field.checked : plain(field.value));
const fromServer = (field) => {
  if (isBox(field)) return field.defaultChecked;
  if (field.options) return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0]).value;
  return plain(field.defaultValue);
};
// The number in the id of a box is its place in a list, and a list may grow.
const keyOf = (field) => (isBox(field) ? `${field.name}=${field.value}` : field.id);
const isKept = (field) => field.id && field.name && field.type !== "hidden" && !field.readOnly && !field.closest(".absence");
const fieldsOf = (form) => [...form.elements].filter(isKept);

function write() {
  if (Object.keys(kept).length) sessionStorage.setItem(KEY, JSON.stringify(kept));
  else sessionStorage.removeItem(KEY);
}

function note(form) {
  // A form that came back with a refusal shows what was typed; what is saved stands nowhere on the page.
  const isRefused = "unsaved" in form.dataset;
  for (const field of fieldsOf(form)) {
    const value = now(field);
    const was = isRefused ? null : fromServer(field);
    if (value === was || (isRefused && (isBox(field) || !value))) delete kept[keyOf(field)];
    else kept[keyOf(field)] = { value, was, label: field.labels[0]?.textContent.trim() };
  }
  write();
}

function forget(form) {
  for (const field of fieldsOf(form)) delete kept[keyOf(field)];
  write();
}

function put(field, value) {
  if (isBox(field)) field.checked = value;
  else field.value = value;
  field.closest("details")?.setAttribute("open", "");
}

// The texts that no field can take back: it is gone, or someone else wrote in it meanwhile.
function showLoose(loose) {
  const card = document.getElementById("typed-loose");
  for (const [key, { value, label }] of loose) {
    const field = document.createElement("div");
    field.className = "field";
    const id = `loose-${key}`;
    field.append(Object.assign(document.createElement("label"), { htmlFor: id, textContent: label }));
    field.append(Object.assign(document.createElement("textarea"), { id, readOnly: true, rows: 3, value }));
    card.querySelector("button").before(field);
  }
  card.querySelector("button").addEventListener("click", () => {
    for (const [key] of loose) delete kept[key];
    write();
    card.remove();
  });
  card.hidden = false;
}

function restore() {
  const fields = new Map([...document.forms].flatMap(fieldsOf).map((field) => [keyOf(field), field]));
  const loose = [];
  for (const [key, { value, was, label }] of Object.entries(kept)) {
    const field = fields.get(key);
    if (field && fromServer(field) === value) delete kept[key];
    else if (field && fromServer(field) === was) {
      put(field, value);
      document.getElementById("typed-again").hidden = false;
    } else if (typeof value === "string" && value) loose.push([key, { value, label }]);
    else delete kept[key];
  }
  write();
  if (loose.length) showLoose(loose);
}

restore();
for (const form of main.querySelectorAll("form[data-unsaved]")) note(form);
main.addEventListener("input", (event) => event.target.form && note(event.target.form));
main.addEventListener("submit", (event) => forget(event.target));

// From any field to saving, without the way past all quotes.
main.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.ctrlKey) event.target.form?.requestSubmit();
});
