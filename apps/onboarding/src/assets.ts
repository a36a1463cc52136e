import { placeChoices } from "./pages/form.ts";

// The app reads no files, so that it runs where there are none.

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
  <circle cx="12" cy="12" r="11" fill="#4650d8"/>
  <path d="M6.8 12.6l3.5 3.5 7-7.4" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>
</svg>`;

const stylesheet = `
:root {
  color-scheme: light dark;
  --page: #f7f7fa;
  --surface: #ffffff;
  --field: #ffffff;
  --text: #181a23;
  --quiet: #5a5f70;
  --line: #d9dbe5;
  --field-line: #858a9c;
  --accent: #4650d8;
  --on-accent: #ffffff;
  --tint: #ecedfc;
  --bad: #b3261e;
  --bad-tint: #fdf0ef;
  --wait: #8a5a00;
  --good: #14733f;
  --glow: #e3e5ff;
  --shadow: 0 1px 2px rgb(24 26 60 / 6%), 0 8px 24px -12px rgb(24 26 60 / 18%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #101218;
    --surface: #191c25;
    --field: #12141b;
    --text: #eceef5;
    --quiet: #a4aabc;
    --line: #303544;
    --field-line: #7a8196;
    --accent: #a3aaff;
    --on-accent: #14172e;
    --tint: #262a4a;
    --bad: #ff9a91;
    --bad-tint: #311c1e;
    --wait: #f0bf62;
    --good: #74d49b;
    --glow: #1f2340;
    --shadow: 0 1px 2px rgb(0 0 0 / 40%);
  }
}

*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0;
  background: radial-gradient(60rem 26rem at 50% -8rem, var(--glow), transparent) no-repeat var(--page);
  color: var(--text);
  font: 1.0625rem/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  overflow-wrap: anywhere;
}
body > header, main { width: min(100% - 2.5rem, 46rem); margin-inline: auto; }
body > header {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 0.5rem 1rem;
  padding-block: 1.25rem;
}
main { padding-block: clamp(1.25rem, 4vw, 2.75rem) 5rem; }
main:focus { outline: none; }

h1, h2, h3, h4 { line-height: 1.2; text-wrap: balance; }
h1 { margin: 0 0 1.5rem; font-size: clamp(1.875rem, 1.5rem + 2vw, 2.625rem); letter-spacing: -0.025em; }
h2 { margin: 2.5rem 0 1rem; font-size: 1.375rem; letter-spacing: -0.015em; }
h3 { margin: 0; font-size: 1.1875rem; letter-spacing: -0.01em; }
h4 { margin: 1.25rem 0 0.5rem; font-size: 0.9375rem; color: var(--quiet); }
p { margin: 0 0 1rem; }
ol, ul { margin: 0 0 1rem; padding-left: 1.4rem; }
ol li { padding-left: 0.25rem; margin-bottom: 0.35rem; }
code { font: 0.875em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
a { color: var(--accent); text-underline-offset: 0.18em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 0.25rem; }

.lead { font-size: 1.1875rem; max-width: 36em; margin-bottom: 1.75rem; text-wrap: pretty; }
.hint { color: var(--quiet); font-size: 0.9375rem; }
.hint strong { color: var(--text); }
label .hint { font-weight: 400; }
.error { margin: 0; color: var(--bad); font-weight: 600; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: 0.5rem 0.75rem; background: var(--surface); }
.skip:focus { top: 0.75rem; z-index: 1; }
.brand { display: flex; align-items: center; gap: 0.6rem; color: inherit; font-size: 1rem; font-weight: 650; text-decoration: none; }
.badge {
  display: inline-block;
  padding: 0.1rem 0.65rem;
  border-radius: 1rem;
  background: var(--tint);
  color: var(--accent);
  font-size: 0.875rem;
  font-weight: 600;
}
.button {
  display: inline-block;
  padding: 0.7rem 1.4rem;
  border: 1px solid transparent;
  border-radius: 0.6rem;
  background: var(--accent);
  box-shadow: var(--shadow);
  color: var(--on-accent);
  font: inherit;
  font-weight: 600;
  text-decoration: none;
  cursor: pointer;
}
.button:hover { filter: brightness(1.1); }
.button:focus-visible { outline-offset: 3px; border-radius: 0.6rem; }

fieldset {
  display: grid;
  gap: 1.1rem;
  min-width: 0;
  margin: 0 0 1.5rem;
  padding: clamp(1.1rem, 4vw, 1.75rem);
  border: 1px solid var(--line);
  border-radius: 0.9rem;
  background: var(--surface);
  box-shadow: var(--shadow);
}
.field.invalid input { border-color: var(--bad); box-shadow: inset 0 0 0 1px var(--bad); }
fieldset.invalid { border-color: var(--bad); box-shadow: inset 4px 0 var(--bad), var(--shadow); }
/* Floated, a legend takes part in the layout of its fieldset. */
legend { float: left; width: 100%; padding: 0; font-size: 1.25rem; font-weight: 650; letter-spacing: -0.01em; line-height: 1.2; }
fieldset > .hint { margin: -0.6rem 0 0; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: 1.1rem; }
.field { display: flex; flex-direction: column; }
.field label { font-weight: 600; }
.field input {
  width: 100%;
  margin-top: auto;
  padding: 0.6rem 0.75rem;
  border: 1px solid var(--field-line);
  border-radius: 0.5rem;
  background: var(--field);
  color: inherit;
  font: inherit;
}
.field label, .field .hint, .field .error { margin: 0 0 0.25rem; }
.field input:focus-visible { outline-offset: 0; border-radius: 0.5rem; }
.choice {
  display: flex;
  gap: 0.75rem;
  padding: 0.9rem 1rem;
  border: 1px solid var(--field-line);
  border-radius: 0.6rem;
  cursor: pointer;
}
.choice:has(:checked) { border-color: var(--accent); background: var(--tint); box-shadow: inset 0 0 0 1px var(--accent); }
.choice:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 2px; }
.choice input { flex: none; width: 1.15rem; height: 1.15rem; margin: 0.25rem 0 0; accent-color: var(--accent); outline: none; }
.choice .hint { display: block; }

.summary {
  margin-bottom: 2rem;
  padding: 1.1rem 1.25rem;
  border: 1px solid var(--bad);
  border-left-width: 6px;
  border-radius: 0.9rem;
  background: var(--bad-tint);
}
.summary:focus { outline: 3px solid var(--bad); outline-offset: 2px; border-radius: 0.9rem; }
.summary h2 { margin: 0 0 0.4rem; font-size: 1.1875rem; }
.summary > :last-child { margin-bottom: 0; }
.summary a { color: var(--bad); font-weight: 600; }

.facts, .card {
  padding: clamp(1.1rem, 4vw, 1.5rem);
  border: 1px solid var(--line);
  border-radius: 0.9rem;
  background: var(--surface);
  box-shadow: var(--shadow);
}
.facts { display: grid; gap: 0.9rem; margin: 0 0 1.5rem; }
.facts dt { color: var(--quiet); font-size: 0.9375rem; }
.facts dd { margin: 0; font-weight: 600; }
.copyable { user-select: all; }
.copy { margin-inline: 0.6rem; padding: 0.15rem 0.7rem; border: 1px solid var(--field-line); border-radius: 0.5rem; background: none; color: var(--accent); font: inherit; font-size: 0.875rem; cursor: pointer; }
.copy:hover { background: var(--tint); }
.profiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); align-items: start; gap: 1.25rem; margin-bottom: 2rem; }
.card > :last-child { margin-bottom: 0; }
.card > header { display: flex; align-items: start; justify-content: space-between; gap: 0.75rem; margin-bottom: 1rem; }
.card > header .badge { flex: none; max-width: 50%; }
.card h3 code, .checks code { display: block; color: var(--quiet); font-weight: 400; }
.count { margin-left: 0.25rem; padding: 0 0.5rem; border-radius: 1rem; background: var(--tint); color: var(--accent); font-size: 0.8125rem; }
.progress { margin: 0; font-size: 0.9375rem; }
progress {
  display: block;
  width: 100%;
  height: 0.5rem;
  margin-bottom: 0.35rem;
  border: 0;
  border-radius: 1rem;
  overflow: hidden;
  appearance: none;
  background: var(--line);
}
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--good); }
progress::-moz-progress-bar { background: var(--good); }
.checks { padding: 0; list-style: none; }
.checks li { position: relative; padding: 0 0 0.55rem 1.9rem; line-height: 1.35; }
.checks li::before {
  position: absolute;
  left: 0;
  top: 0.05rem;
  width: 1.2rem;
  height: 1.2rem;
  border: 2px solid var(--mark);
  border-radius: 50%;
  color: var(--surface);
  content: "";
  font-size: 0.8rem;
  font-weight: 700;
  line-height: 1rem;
  text-align: center;
}
.checks.required { --mark: var(--field-line); }
.checks.pending { --mark: var(--wait); }
.checks.pending li::before { border-style: dashed; }
.checks.complete { --mark: var(--good); }
.checks.complete li::before { background: var(--good); content: "\\2713" / ""; }
.checks.errors { --mark: var(--bad); }
.checks.errors li::before { background: var(--bad); content: "!" / ""; }

.welcome { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); align-items: center; gap: 2.5rem; }
.welcome .card { max-width: 22rem; rotate: 2deg; }
.welcome ul { margin: 0.75rem 0 0; }
body > header .badge { border: 1px solid var(--line); background: var(--surface); }
.created { display: flex; align-items: center; gap: 0.75rem; }
.created::before {
  flex: none;
  width: 2.25rem;
  height: 2.25rem;
  border-radius: 50%;
  background: var(--good);
  color: var(--surface);
  content: "\\2713" / "";
  font-size: 1.375rem;
  line-height: 2.25rem;
  letter-spacing: 0;
  text-align: center;
}

@media (prefers-reduced-motion: no-preference) {
  .button, .choice { transition: filter 0.15s, background-color 0.15s, border-color 0.15s; }
}
@media (forced-colors: active) {
  .badge, .button { border: 1px solid; }
}
`;

/** Conveniences; everything works without them. */
const script = `
const country = document.getElementById("country");
if (country) {
  const state = document.getElementById("state");
  // The choices are states of the USA: of no use once another country is chosen.
  const offer = () => {
    const typed = country.value.trim().toLowerCase();
    const chosen = [...(country.list?.options ?? [])].find(({ value, label }) => [value, label].some((text) => text.toLowerCase() === typed));
    if (chosen && chosen.label !== "USA") state.removeAttribute("list");
    else state.setAttribute("list", "states");
  };
  country.addEventListener("input", offer);
  // A form that comes back has no choices in it.
  const load = async () => {
    const answer = await fetch("/choices.html");
    if (!answer.ok) return;
    country.form.insertAdjacentHTML("beforeend", await answer.text());
    country.setAttribute("list", "countries");
    offer();
  };
  if (!country.list) load();
  const button = document.querySelector("[data-busy]");
  const idle = button.textContent;
  country.form.addEventListener("submit", () => { button.textContent = button.dataset.busy; });
  // Also when the back button brings the page back as it was.
  addEventListener("pageshow", () => { button.textContent = idle; offer(); });
}

const copy = document.querySelector("[data-copies]");
// Browsers let a page copy only when it comes over TLS or from this machine.
if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    const copied = document.getElementById(copy.dataset.copies);
    const status = copy.nextElementSibling;
    try {
      await navigator.clipboard.writeText(copied.textContent);
      status.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(copied);
      status.textContent = "Selected: copy it with your keyboard";
    }
  });
}
`;

/** What the pages refer to: address, content type and text. */
export const assets = [
  ["/styles.css", "text/css; charset=utf-8", stylesheet],
  ["/enhance.js", "text/javascript; charset=utf-8", script],
  ["/icon.svg", "image/svg+xml", icon],
  ["/choices.html", "text/html; charset=utf-8", placeChoices.toString()],
] as const;
