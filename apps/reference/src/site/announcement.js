/**
 * Lets a reader dismiss the announcement, and remembers which one. `early.js` hides it on the next page.
 *
 * @param {Document} document the page
 * @param {() => Storage} getStorage gives the storage; a function because a browser that blocks storage already throws
 *   when it is asked for it
 * @example
 * initAnnouncement(document, () => localStorage);
 */
export function initAnnouncement(document, getStorage) {
  const bar = document.querySelector(".announcement");
  bar?.querySelector("button")?.addEventListener("click", () => {
    document.documentElement.classList.add("announcement-dismissed");
    try {
      getStorage().setItem("announcement-dismissed", bar.dataset.id);
    } catch {
      // Blocked or full: it is dismissed on this page only.
    }
  });
}
