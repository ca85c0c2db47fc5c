"""What a browser gets of the npm packages: the letters that are used, and one sheet of component CSS.

The component CSS of NL Design System comes as one file instead of fifteen, in a layer of its own: whatever
static/portal.css says goes before it, without a fight over specificity. Made when node_modules is installed;
runs on the system's Python.
"""

import re
import shutil
from pathlib import Path

FOLDER = "portal-assets"
# Words of an agreement have one weight, and a second where search lights them: that weighs less than
# the variable letter. VRT's words have many.
FONTS = [
    "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2",
    "@fontsource/source-serif-4/files/source-serif-4-latin-400-normal.woff2",
    "@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff2",
]

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


def gather(node_modules):
    """Fill portal-assets in `node_modules` with components.css and fonts/."""
    folder = Path(node_modules) / FOLDER
    (folder / "fonts").mkdir(parents=True, exist_ok=True)
    for name in FONTS:
        shutil.copy(Path(node_modules) / name, folder / "fonts")
    parts = [(Path(node_modules) / name).read_text() for name in COMPONENTS]
    sheet = "\n".join(_MAP.sub("", part).strip() for part in parts)
    (folder / "components.css").write_text(f"@layer components {{\n{sheet}\n}}\n")
