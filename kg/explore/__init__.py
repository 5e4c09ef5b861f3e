"""The explorer: the graph of a build as one offline page in which it can be seen, searched and believed."""

from kg.explore.pages import LANGUAGES, Explorer, Language, explore, paint
from kg.explore.splitting import split

__all__ = ["LANGUAGES", "Explorer", "Language", "explore", "paint", "split"]
