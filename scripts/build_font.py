"""Build the font of the figures: kg/analyse/fonts/TifaSansSC.ttf, a subset of Noto Sans SC Regular.

The source is a published package, fetched by its ordinary client; fonttools cuts it::

    npm pack @expo-google-fonts/noto-sans-sc@0.4.3 && tar -xzf expo-google-fonts-noto-sans-sc-0.4.3.tgz   # -> package/
    pip install fonttools==4.68.0
    python scripts/build_font.py package

The same inputs give the same bytes. What is decided here and why:

* kept are GB 2312, Latin 1, every character of our own word lists (names of places), and the characters of jieba's
  dictionary that occur in words counted five times or more: names of people such as 玥, 堃 and 珺 are beyond GB 2312;
* the family has a name of its own, so that a figure looks the same whether or not the system has Noto Sans SC;
* hinting and layout tables are dropped: figures are drawn as outlines, upright and from left to right.
"""

from __future__ import annotations

import argparse
import shutil
from collections import Counter
from pathlib import Path

import jieba
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

KG = Path(__file__).resolve().parent.parent / "kg"
FAMILY = "Tifa Sans SC"
COUNTED = 5
GIVEN_NAMES = "玙頔曈嬿芃翯鋆"
TYPOGRAPHY = "–—‘’“”†•…‰′″←↑→↓−≈≠≤≥①②③④⑤⑥⑦⑧⑨⑩〇〓"


def gb2312() -> set[str]:
    """All characters of GB 2312-80."""
    found: set[str] = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.add(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


def of_dictionary() -> set[str]:
    """Characters of jieba's dictionary, as often as their words are counted."""
    counts: Counter[str] = Counter()
    for line in Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, _ = line.split()
        counts.update(dict.fromkeys(word, int(count)))
    return {char for char, count in counts.items() if count >= COUNTED}


def wanted() -> set[str]:
    """Characters that the font is to have."""
    lists = {char for path in (KG / "lexicon").glob("*.tsv") for char in path.read_text(encoding="utf-8")}
    latin = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))}
    return gb2312() | lists | latin | of_dictionary() | set(TYPOGRAPHY + GIVEN_NAMES)


def main() -> None:
    """Write the font and its licence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, help="the folder of the unpacked package")
    package: Path = parser.parse_args().package
    font = TTFont(package / "400Regular" / "NotoSansSC_400Regular.ttf", recalcTimestamp=False)
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.glyph_names = False
    options.notdef_outline = True
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG", "STAT"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(char) for char in wanted()])
    subsetter.subset(font)
    names = font["name"]
    for number, words in ((1, FAMILY), (4, FAMILY), (6, FAMILY.replace(" ", "")), (3, f"{FAMILY}, of Noto Sans SC")):
        names.setName(words, number, 3, 1, 0x409)
    for number in (16, 17, 21, 22, 25):
        names.removeNames(nameID=number)
    folder = KG / "analyse" / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    font.save(folder / "TifaSansSC.ttf")
    shutil.copyfile(package / "LICENSE_FONT", folder / "OFL.txt")
    print(f"{len(font.getBestCmap())} characters, {(folder / 'TifaSansSC.ttf').stat().st_size} bytes")


if __name__ == "__main__":
    main()
