// Nothing waits for this script: whoever has chosen something comes with it in the cache, so that it runs before
// anything shows.
try {
  const { announcement } = document.currentScript.dataset;
  const isDismissed = localStorage.getItem("announcement-dismissed") === announcement;
  document.documentElement.classList.toggle("announcement-dismissed", isDismissed);
} catch {
  // The browser blocks storage: the announcement shows each time.
}
