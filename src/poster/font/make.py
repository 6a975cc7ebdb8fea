"""Makes NotoSansJP-Bold.otf, the font of the pictures for shared links, from the Noto Sans CJK of Debian.

    apt-get install fonts-noto-cjk && pip install fonttools uharfbuzz
    python3 make.py /usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc

It keeps the characters of JIS X 0208 and of plane 1 of JIS X 0213 with those that IBM added, and of the Latin, Greek
and Cyrillic letters and of the signs all that the font has. It keeps no tables for typesetters: how letters and brackets
stand beside each other goes into the `kern` table, which is all that is read of it.
"""

import io
import sys

import uharfbuzz
from fontTools import subset, ttLib
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0

RANGES = [
    (0x20, 0x24F), (0x2B0, 0x3FF), (0x400, 0x45F), (0x1E00, 0x1EFF), (0x2000, 0x27BF), (0x3000, 0x30FF),
    (0x31F0, 0x33FF), (0xFF00, 0xFFEF),
]
NAMES = "髙﨑濵𠮷祐神福邉邊德惠榮彅塚"
OPENING, CLOSING = "「『（【〈《〔［｛", "」』）】〉》〕］｝、。，．"


def characters():
    def decoded(codec, pairs):
        for pair in pairs:
            try:
                yield from bytes(pair).decode(codec)
            except UnicodeDecodeError:
                pass

    two = [(high, low) for high in range(0x81, 0xFD) for low in range(0x40, 0xFD)]
    plane = [(high, low) for high in range(0xA1, 0xFF) for low in range(0xA1, 0xFF)]
    found = set(decoded("cp932", two)) | set(decoded("euc_jis_2004", plane)) | set(NAMES)
    found |= {chr(code) for first, last in RANGES for code in range(first, last + 1)}
    return {ord(one) for one in found if not 0xE000 <= ord(one) < 0xF900}


def cut(path):
    face = next(
        number for number in range(len(ttLib.TTCollection(path).fonts))
        if ttLib.TTFont(path, fontNumber=number)["name"].getDebugName(4) == "Noto Sans CJK JP Bold"
    )
    font = ttLib.TTFont(path, fontNumber=face)
    options = subset.Options(
        layout_features=["kern"], hinting=False, desubroutinize=False, notdef_outline=True, name_IDs=[0, 1, 2, 4, 6, 13, 14],
        drop_tables=["vhea", "vmtx", "VORG", "GSUB", "GDEF", "BASE", "DSIG"],
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    return font


def pairs(font):
    """How much nearer than their widths two letters stand, in the order of their glyphs."""
    file = io.BytesIO()
    font.save(file)
    shaper = uharfbuzz.Font(uharfbuzz.Face(file.getvalue()))
    glyphs = font.getBestCmap()

    def width(text):
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(shaper, buffer, {"kern": True, "liga": False})
        return sum(position.x_advance for position in buffer.glyph_positions)

    letters = [chr(code) for code in range(0x21, 0x180) if code in glyphs] + list("‘’“”–—")
    alone = {letter: width(letter) for letter in letters}
    found = {}
    for left in letters:
        for right in letters:
            nearer = width(left + right) - alone[left] - alone[right]
            if nearer:
                found[glyphs[ord(left)], glyphs[ord(right)]] = nearer
    # Brackets and commas are half blank: two of them side by side share that.
    half = [(CLOSING, OPENING), (CLOSING, CLOSING), (OPENING, OPENING)]
    for left, right in ((left, right) for lefts, rights in half for left in lefts for right in rights):
        found[glyphs[ord(left)], glyphs[ord(right)]] = -500
    return found


def main():
    font = cut(sys.argv[1])
    table = KernTable_format_0(apple=False)
    table.coverage, table.version, table.tupleIndex = 1, 0, None
    table.kernTable = pairs(font)
    del font["GPOS"]
    font["kern"] = ttLib.newTable("kern")
    font["kern"].version, font["kern"].kernTables = 0, [table]
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save("NotoSansJP-Bold.otf")
    print(len(font.getGlyphOrder()), "glyphs,", len(table.kernTable), "pairs")


main()
