// The pages work without this. It moves through lists with j and k, focuses the search with /, keeps a form from being sent
// while it is being sent, and keeps figures that change fresh.
"use strict";
const typing = (element) => /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    const field = document.querySelector('[role="search"] input:not([type="hidden"])');
    if (field) { event.preventDefault(); field.focus(); }
  }
  if (event.key === "j" || event.key === "k") {
    const links = [...document.querySelectorAll(".list tbody a, .list tbody button")];
    const place = links.indexOf(document.activeElement) + (event.key === "j" ? 1 : -1);
    links[Math.max(0, Math.min(place, links.length - 1))]?.focus();
  }
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  // Whoever stops the page from loading may send again; the form's key sees to it that it acts once.
  setTimeout(() => delete form.dataset.sent, 3000);
});
addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => delete form.dataset.sent));
if (document.querySelector("main [data-fresh]")) {
  const timer = setInterval(async () => {
    if (document.hidden || document.querySelector("main :focus")) return;
    try {
      const answer = await fetch(location.pathname, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.querySelector("main").replaceWith(page.querySelector("main"));
      if (!document.querySelector("main [data-fresh]")) clearInterval(timer);
    } catch { /* The service is away; the next try may find it. */ }
  }, 5000);
}
