"""Administrative divisions of China, in force and abolished, and where a text names them.

The facts stand in ``kg/lexicon/divisions.tsv`` (county level and above, GB/T 2260 codes) and ``townships.tsv``
(township level, nine digits); ``kg/lexicon/README.md`` says where they come from.

A name of a place is often a word of the language too (合作, 同心, 方正, 召开县政协会议), so that :func:`scan` checks every
hit against the words around it. A bare short name counts where it stands on the borders of words; one that is an
everyday word (``short_names_common.tsv`` lists them with their grade) only where its surroundings say that it is a place.
"""

from kg.chinese.places.divisions import Division, ancestors, by_code, children, is_within, named, superior
from kg.chinese.places.hits import Hit
from kg.chinese.places.scanning import scan
from kg.chinese.places.towns import townships, townships_named

__all__ = [
    "Division",
    "Hit",
    "ancestors",
    "by_code",
    "children",
    "is_within",
    "named",
    "scan",
    "superior",
    "townships",
    "townships_named",
]
