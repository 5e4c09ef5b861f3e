"use strict";
// The query page: YASGUI asks our own endpoint, completes variables alone and keeps its tabs in this browser.
const facts = JSON.parse(document.getElementById("facts").textContent);
const prologue = (text) =>
  Object.entries(facts.prefixes)
    .filter(([prefix]) => new RegExp(`(^|[^\\w-])${prefix}:`, "m").test(text))
    .map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>`)
    .join("\n");
const declared = (text) => (/^\s*PREFIX/im.test(text) ? text : `${prologue(text)}\n${text}`.trim());
const endpoint = new URL("/sparql", location.href).href;

Yasgui.Yasqe.defaults.autocompleters = ["variables"];
Yasgui.Yasqe.defaults.value = declared(facts.start);
Yasgui.defaults.requestConfig.endpoint = endpoint;
Yasgui.defaults.requestConfig.method = "POST";
Yasgui.defaults.yasr.prefixes = facts.prefixes;

const yasgui = new Yasgui(document.getElementById("editor"), {
  requestConfig: { endpoint, method: "POST" },
  copyEndpointOnNewTab: true,
  populateFromUrl: true,
  // With the focus in the editor a phone opens the page scrolled down to it: only who came to edit starts there.
  autofocus: Boolean(facts.question),
  persistenceId: "tifa-kg",
  endpointCatalogueOptions: { getData: () => [] },
});

if (facts.question) {
  yasgui.addTab(true, {
    name: facts.question.title,
    yasqe: { value: facts.question.sparql, endpoint },
  });
  history.replaceState(null, "", "/");
}

// Links in results to things of this graph lead to their pages here.
document.getElementById("editor").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const iri = link && decodeURI(link.href);
  if (iri && iri.startsWith(facts.base) && !iri.startsWith(facts.prefixes.kg)) {
    event.preventDefault();
    open(`/entity?iri=${encodeURIComponent(iri)}`, "_blank", "noopener");
  }
});
