"""Identities across documents: explained rules, overridden by people's decisions.

Linking never rewrites a reading. :func:`link` looks at all readings and says which identities are one and why;
:func:`view` shows a reading under those links, without what people rejected and under the names they chose.
"""

from kg.link.decisions import parse_decisions, read_decisions
from kg.link.links import Candidate, Link, Links, dumps, loads
from kg.link.rules import link
from kg.link.view import view

__all__ = ["Candidate", "Link", "Links", "dumps", "link", "loads", "parse_decisions", "read_decisions", "view"]
