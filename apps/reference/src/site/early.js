// A plain script that the head waits for: what it finds is known before anything shows, so nothing moves afterwards.
{
  const { classList } = document.documentElement;
  // Without JavaScript there is no button that does nothing.
  classList.add("scripting");
  try {
    const { announcement } = document.currentScript.dataset;
    if (localStorage.getItem("announcement-dismissed") === announcement) classList.add("announcement-dismissed");
  } catch {
    // The browser blocks storage: the announcement shows each time.
  }
}
