"""Five hundred pieces of text that would run as script, or send a request, if they became markup."""

from itertools import product

_CALL = "__xss()"
_VECTORS = (
    f"<script>{_CALL}</script>",
    f"<img src=x onerror={_CALL}>",
    f"<img src=x onerror='{_CALL}'>",
    f'<img/src="x"/onerror="{_CALL}"/>',
    f"<svg onload={_CALL}>",
    f"<svg><script>{_CALL}</script></svg>",
    f"<svg><animate onbegin={_CALL} attributeName=x dur=1s>",
    f"<body onload={_CALL}>",
    f"<input autofocus onfocus={_CALL}>",
    f"<select autofocus onfocus={_CALL}>",
    f"<textarea autofocus onfocus={_CALL}></textarea>",
    f"<details open ontoggle={_CALL}>",
    f"<video src=x onerror={_CALL}></video>",
    f"<audio src=x onerror={_CALL}></audio>",
    f"<video><source onerror={_CALL}></video>",
    f"<iframe srcdoc='<script>parent.{_CALL}</script>'></iframe>",
    f"<iframe src=javascript:parent.{_CALL}></iframe>",
    f"<object data=javascript:{_CALL}></object>",
    f"<a href=javascript:{_CALL} autofocus onfocus={_CALL}>x</a>",
    f"<math><mtext><script>{_CALL}</script></mtext></math>",
    f"<div hx-on::load={_CALL} hx-get=/canary hx-trigger=load></div>",
    "<div data-hx-get=/canary data-hx-trigger=load></div>",
    "<link rel=stylesheet href=/canary>",
    "<meta http-equiv=refresh content='0;url=/canary'>",
    "<base href=//example.org/>",
)
_BEFORE = (
    *("", '"', "'", '">', "'>", "`>", "</textarea>", "</title>", "</script>", "-->", "]]>"),
    *(
        "</p>",
        "</q>",
        "</mark>",
        "</option></select>",
        "</style>",
        "&quot;>",
        "\n>",
        "\\'>",
        "{{7*7}}",
    ),
)

PAYLOADS = ["".join(parts) for parts in product(_BEFORE, _VECTORS)]
