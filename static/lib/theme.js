// A classic script in the head: the chosen appearance is set before anything is painted.
(function () {
  try {
    var theme = localStorage.getItem('stampede_theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch (_) { /* storage is closed to us: the system's appearance it is */ }
})();
