// Runs before the first paint, so that a chosen theme never flashes. "auto" follows the system.
(() => {
  let theme = 'auto';
  try {
    theme = localStorage.getItem('aiv1.theme') ?? 'auto';
  } catch {
    // Storage is forbidden: the system's theme is used.
  }
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme;
  }
})();
