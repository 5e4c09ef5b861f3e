"""The scripts of the page as one: each module a function of its own, in the order in which they import one another.

This is the whole of the build step: modules are written as ECMAScript modules, so that an editor, a linter and node's
test runner read them as they are, and use a small part of the syntax (named imports on one line, named exports).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kg.errors import BuildError

STATIC = Path(__file__).with_name("static")
_IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "\./(\w+)\.mjs";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?:async )?(?:function|class|const) (\w+)", re.MULTILINE)


@cache
def script(main: str = "main") -> str:
    """The module *main* with everything it imports, as one classic script in strict mode."""
    order: list[str] = []
    _visit(main, order, ())
    return '"use strict";\n(() => {\n' + "".join(_wrapped(name) for name in order) + "})();\n"


@cache
def style(name: str) -> str:
    """A style sheet of ours."""
    return (STATIC / f"{name}.css").read_text(encoding="utf-8")


def _source(name: str) -> str:
    return (STATIC / f"{name}.mjs").read_text(encoding="utf-8")


def _visit(name: str, order: list[str], above: tuple[str, ...]) -> None:
    if name in above:
        raise BuildError(f"{STATIC / name}.mjs: imports itself by way of {', '.join(above)}; break the circle")
    if name not in order:
        for _, other in _IMPORT.findall(_source(name)):
            _visit(other, order, (*above, name))
        order.append(name)


def _wrapped(name: str) -> str:
    source = _source(name)
    exported = ", ".join(_EXPORT.findall(source))
    body = _IMPORT.sub(r"const { \1 } = $\2;", source)
    body = re.sub(r"^export ", "", body, flags=re.MULTILINE)
    return f"const ${name} = (() => {{\n{body}return {{ {exported} }};\n}})();\n"
