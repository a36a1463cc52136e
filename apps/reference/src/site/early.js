// Nothing waits for this script. Whoever has dismissed a bar has it in the cache, where it comes from before the page is
// laid out as a rule; otherwise the bar shows for a moment.
try {
  const { announcement } = document.currentScript.dataset;
  const isDismissed = localStorage.getItem("announcement-dismissed") === announcement;
  document.documentElement.classList.toggle("announcement-dismissed", isDismissed);
} catch {
  // The browser blocks storage: the announcement shows each time.
}
