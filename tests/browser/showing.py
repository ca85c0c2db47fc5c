"""Shows a page that was made before, with its style sheets and headers, in a browser without a server."""

import mimetypes
from pathlib import Path
from urllib.parse import unquote, urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.contrib.staticfiles import finders

ORIGIN = "http://localhost"  # a place that browsers trust without https
CHECKS = (Path(__file__).parent / "checks.js").read_text()
# Off by default in axe, for it asks more than WCAG 2.1.
EXTRA = {"target-size": {"enabled": True}}
# What axe finds by style, and so may differ by colour scheme and width; the rest it finds by the markup.
BY_STYLE = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"]
RUN = """async ([only, extra]) => {
  const found = await axe.run(document, {
    preload: false, resultTypes: ["violations", "incomplete"], rules: extra,
    ...(only ? {runOnly: {type: "rule", values: only}} : {}),
  });
  const short = (rules) => rules.map((rule) => [rule.id, rule.nodes.map((node) => node.target.join(" "))]);
  const incomplete = short(found.incomplete).map(([rule, nodes]) =>
    [rule, rule === "color-contrast" ? checks.contrast(nodes) : nodes]);
  return {violations: short(found.violations), incomplete: incomplete.filter(([, nodes]) => nodes.length)};
}"""


# A world with a theme for every state has more columns than any region.
SIX_THEMES = "document.querySelectorAll('table.matrix tr').forEach((row) => [...row.cells].slice(7).forEach((cell) => cell.remove()))"


class Stage:
    """One browser page, on which one appearance after the other is shown."""

    def __init__(self, page):
        self.page, self.shown, self.complaints = page, None, []
        self.axe_version = ""
        page.add_init_script(f"{AXE_SCRIPT}\n{CHECKS}")
        page.route("**/*", self._answer)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def show(self, appearance):
        self.shown, self.complaints[:] = appearance, []
        self.page.goto(ORIGIN + appearance.path)
        self.page.evaluate(SIX_THEMES)

    def mode(self, scheme="light", width=1280, height=900, **media):
        self.page.emulate_media(color_scheme=scheme, **media)
        self.page.set_viewport_size({"width": width, "height": height})

    def axe(self, only=None):
        return self.page.evaluate(RUN, [only, EXTRA])

    def note_version(self):
        self.axe_version = self.page.evaluate("axe.version")

    def check(self, name):
        return self.page.evaluate(f"checks.{name}()")

    def _hear(self, message):
        expected = f"the server responded with a status of {self.shown.status}"
        if message.type == "error" and expected not in message.text:
            self.complaints.append(message.text)

    def _answer(self, route):
        path = unquote(urlsplit(route.request.url).path)
        if route.request.resource_type == "document":
            headers = {
                name: value for name, value in self.shown.headers if name != "Content-Length"
            }
            route.fulfill(status=self.shown.status, headers=headers, body=self.shown.body)
        elif path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            file = finders.find(path.removeprefix(f"/{settings.STATIC_URL.strip('/')}/"))
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            headers = {"Content-Type": "text/javascript" if path.endswith(".mjs") else kind}
            headers["Cross-Origin-Resource-Policy"] = "same-origin"
            route.fulfill(status=200, headers=headers, body=Path(file).read_bytes())
        else:
            route.fulfill(status=204)  # what a script asks meanwhile, such as news
