"""One stylesheet out of the component CSS of NL Design System, in a layer of its own.

A browser then asks for one file instead of fifteen, and whatever static/portal.css says goes before it,
without a fight over specificity. Written when node_modules is installed; runs on the system's Python.
"""

import re
from pathlib import Path

# The files in html/ work on bare elements, the others on the classes of the component.
COMPONENTS = [
    "@nl-design-system-candidate/heading-css/dist/html/heading.css",
    "@nl-design-system-candidate/paragraph-css/dist/html/paragraph.css",
    "@nl-design-system-candidate/link-css/dist/html/link.css",
    "@nl-design-system-candidate/code-css/dist/html/code.css",
    "@nl-design-system-candidate/button-css/dist/button.css",
    "@nl-design-system-candidate/data-badge-css/dist/data-badge.css",
    "@nl-design-system-candidate/skip-link-css/dist/skip-link.css",
    "@utrecht/alert-css/dist/index.css",
    "@utrecht/breadcrumb-nav-css/dist/index.css",
    "@utrecht/nav-bar-css/dist/index.css",
    "@utrecht/page-footer-css/dist/index.css",
    "@utrecht/page-header-css/dist/index.css",
    "@utrecht/search-bar-css/dist/index.css",
    "@utrecht/select-css/dist/html/index.css",
    "@utrecht/table-css/dist/index.css",
    "@utrecht/textarea-css/dist/html/index.css",
    "@utrecht/textbox-css/dist/html/index.css",
]
# A map that isn't served stops collectstatic.
_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/")


def bundle(node_modules):
    """Write nl-design-system/components.css into `node_modules`."""
    folder = Path(node_modules) / "nl-design-system"
    folder.mkdir(exist_ok=True)
    parts = [(Path(node_modules) / name).read_text() for name in COMPONENTS]
    sheet = "\n".join(_MAP.sub("", part).strip() for part in parts)
    (folder / "components.css").write_text(f"@layer components {{\n{sheet}\n}}\n")
