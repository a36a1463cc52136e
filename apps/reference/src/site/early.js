// What a page's script imports first, and what runs while the page still comes: it shows what a reader has chosen before.

// Nothing waits for it, and for a reader who has chosen nothing it changes nothing. Whoever has chosen colours or dismissed
// a bar has the script in the cache, where it comes from before the page is laid out as a rule; otherwise the choice shows
// a moment late.
try {
  const { classList } = document.documentElement;
  // Redoc keeps them under this name.
  const colors = localStorage.getItem("redoc.colorMode");
  if (colors === "light" || colors === "dark") classList.add(colors);
  const announcement = document.querySelector("script[data-announcement]")?.dataset.announcement;
  if (announcement && localStorage.getItem("announcement-dismissed") === announcement) {
    classList.add("announcement-dismissed");
  }
} catch {
  // The browser blocks storage: the page has the system's colours, and the announcement shows each time.
}

/** Resolves when the whole page is there. */
export const parsed =
  document.readyState === "loading"
    ? new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve))
    : Promise.resolve();
