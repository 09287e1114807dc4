#!/usr/bin/env python3
"""Writes files that are made to hurt whoever reads them: hostile.py FOLDER [--quick]

A line for each file is printed: its name, and `refused`, `read`, or `either` where both are right. What counts is that
each is done with in time and within its limits. With --quick, those are left out that take a tool to its limit of time.
"""
import pathlib
import struct
import sys
import zlib

SLOW = {
    "bomb-once.pdf", "bomb-thrice.pdf", "deep-dictionary.pdf", "form-of-itself.pdf", "huge-picture.pdf", "tiny-tiles.pdf",
    "dashes.pdf", "long-word.pdf", "length-of-itself.pdf", "outside-file.pdf", "black.png", "deep-array.pdf", "bomb-that-lies.png", "text-bomb.png",
}
PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Courier>>"


def page(contents="4 0 R", box="0 0 612 792", more=""):
    return f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents {contents}/Resources<</Font<</F 5 0 R>>{more}>>>>"


def stream(data, entries=""):
    data = data if isinstance(data, bytes) else data.encode("latin-1")
    return f"<</Length {len(data)}{entries}>>stream\n".encode() + data + b"\nendstream"


def pdf(objects, trailer="", header=b"%PDF-1.7\n"):
    """A PDF of objects numbered from 1, of which the first is the catalog."""
    out, places = bytearray(header), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        body = body if isinstance(body, bytes) else body.encode("latin-1")
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        out += f"{place:010} 00000 n \n".encode()
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


TEXT = "BT /F 12 Tf 72 700 Td (DOE JANE 1234567893) Tj ET"
CATALOG = "<</Type/Catalog/Pages 2 0 R>>"


def simple(contents=TEXT, catalog=CATALOG, pages=PAGES, leaf=None, more=(), **given):
    body = contents if isinstance(contents, bytes) else stream(contents)
    return pdf([catalog, pages, leaf or page(), body, FONT, *more], **given)


def bomb(times, size=1 << 26):
    """A stream of zeros, compressed several times over."""
    data = bytes(size)
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, "/Filter[" + "/FlateDecode" * times + "]")


def pdfs():
    good = simple()
    yield "plain.pdf", "read", good
    yield "truncated.pdf", "either", good[: len(good) // 2]
    yield "header-only.pdf", "refused", b"%PDF-1.7\n"
    yield "no-table.pdf", "either", good.replace(b"xref", b"yref")
    yield "wrong-offsets.pdf", "either", good.replace(b"00000 n", b"00000 f")
    yield "zero-pages.pdf", "refused", simple(pages="<</Type/Pages/Kids[]/Count 0>>")
    yield "no-catalog.pdf", "refused", simple(catalog="<</Type/Font>>")
    yield "pages-of-itself.pdf", "either", simple(pages="<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>")
    yield "loop-of-references.pdf", "either", pdf([CATALOG, PAGES, page("6 0 R"), stream(TEXT), FONT, "7 0 R", "6 0 R"])
    yield "length-of-itself.pdf", "either", simple(b"<</Length 4 0 R>>stream\nBT ET\nendstream")
    yield "count-of-2e9.pdf", "refused", simple(pages="<</Type/Pages/Kids[3 0 R]/Count 2000000000>>")
    yield "count-negative.pdf", "either", simple(pages="<</Type/Pages/Kids[3 0 R]/Count -1>>")
    kids = " ".join(f"{number} 0 R" for number in range(6, 10006))
    yield "10000-pages.pdf", "refused", pdf(
        [CATALOG, f"<</Type/Pages/Kids[{kids}]/Count 10000>>", "null", stream(TEXT), FONT] + [page()] * 10000)
    yield "huge-page.pdf", "refused", simple(leaf=page(box="0 0 10000000 10000000"))
    yield "page-without-area.pdf", "either", simple(leaf=page(box="0 0 0 0"))
    yield "page-upside-down.pdf", "either", simple(leaf=page(box="612 792 0 0"))
    yield "page-far-away.pdf", "either", simple(leaf=page(box="1e30 1e30 2e30 2e30"))
    yield "encrypted.pdf", "refused", pdf(
        [CATALOG, PAGES, page(), stream(TEXT), FONT, "<</Filter/Standard/V 2/R 3/Length 128/P -4/O<" + "41" * 32 + ">/U<" + "42" * 32 + ">>>"],
        trailer="/Encrypt 6 0 R/ID[<00><00>]")
    scripts = "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9/'\\))>>/AA<</WC<</S/Launch/F(/bin/sh)>>>>>>"
    yield "scripts.pdf", "read", simple(catalog=scripts)
    yield "outside-file.pdf", "either", simple(b"<</Length 0/F(/etc/passwd)>>stream\n\nendstream")
    yield "bomb-once.pdf", "either", simple(bomb(1, 1 << 28))
    yield "bomb-thrice.pdf", "either", simple(bomb(3, 1 << 28))
    yield "deep-array.pdf", "either", simple(leaf=page(more="/X " + "[" * 200000 + "]" * 200000))
    yield "deep-dictionary.pdf", "either", simple("q " * 1000000 + TEXT)
    form = "<</Type/XObject/Subtype/Form/BBox[0 0 612 792]/Length 12/Resources<</XObject<</X 6 0 R/Y 6 0 R>>>>>>stream\n/X Do /Y Do \nendstream"
    yield "form-of-itself.pdf", "either", simple("/X Do", leaf=page(more="/XObject<</X 6 0 R>>"), more=[form])
    image = b"<</Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode/Length 11>>stream\n" + zlib.compress(b"a" * 9)[:11] + b"\nendstream"
    yield "huge-picture.pdf", "either", simple("612 0 0 792 0 0 cm /X Do", leaf=page(more="/XObject<</X 6 0 R>>"), more=[image])
    pattern = stream("/P scn 0 0 1 1 re f", "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.0001/YStep 0.0001/Resources<<>>")
    yield "tiny-tiles.pdf", "either", simple("/Pattern cs /P scn 0 0 612 792 re f", leaf=page(more="/Pattern<</P 6 0 R>>"), more=[pattern])
    yield "dashes.pdf", "either", simple("[0.00001] 0 d 0 0 m 612 792 l S " * 50)
    words = " ".join(f"1 0 0 1 {at % 500} {at // 500} Tm (A{at}) Tj" for at in range(60000))
    yield "60000-words.pdf", "refused", simple(f"BT /F 1 Tf {words} ET")
    yield "long-word.pdf", "either", simple(f"BT /F 0.001 Tf ({'A' * 3000000}) Tj ET")
    yield "controls.pdf", "read", simple("BT /F 12 Tf 72 700 Td (\\033[31mRED\\007\\000\\r) Tj ET")
    yield "title.pdf", "read", pdf([CATALOG, PAGES, page(), stream(TEXT), FONT, "<</Title(x\nPages: 1\nEncrypted: no\n<doc>)>>"], trailer="/Info 6 0 R")
    yield "after-html.pdf", "refused", b"<html><script>alert(1)</script>\n" + good
    yield "after-zip.pdf", "refused", b"PK\x03\x04" + bytes(26) + good
    yield "before-zip.pdf", "read", good + b"PK\x03\x04" + bytes(100) + b"PK\x05\x06" + bytes(18)
    yield "nothing.pdf", "refused", b""


def chunk(kind, data, length=None):
    return struct.pack(">I", len(data) if length is None else length) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, data, depth=8, color=0, more=b""):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + more + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def rows(width, height, value=255):
    return zlib.compress((b"\0" + bytes([value]) * width) * height, 9)


def pngs():
    good = png(850, 1100, rows(850, 1100))
    yield "white.png", "read", good
    yield "black.png", "read", png(850, 1100, rows(850, 1100, 0))
    yield "truncated.png", "refused", good[: len(good) // 2]
    yield "bomb.png", "refused", png(50000, 50000, zlib.compress(bytes(6251 * 50000), 9), depth=1)
    yield "bomb-that-lies.png", "either", png(100, 100, zlib.compress(bytes(1 << 28), 9))
    yield "no-pixels.png", "refused", png(0, 0, zlib.compress(b""))
    yield "most-pixels.png", "refused", png(0x7FFFFFFF, 0x7FFFFFFF, zlib.compress(b""))
    yield "thin.png", "either", png(39000000, 1, rows(39000000, 1))
    yield "one-pixel.png", "either", png(1, 1, rows(1, 1))
    yield "wrong-sum.png", "refused", good[:20] + b"\0\0\1\1" + good[24:]
    yield "endless-chunk.png", "refused", good[:33] + chunk(b"tEXt", b"a", 0x7FFFFFFF)
    yield "text-bomb.png", "either", png(850, 1100, rows(850, 1100), more=chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(1 << 28), 9)))
    yield "coarse.png", "refused", png(8000, 4900, rows(8000, 4900), more=chunk(b"pHYs", struct.pack(">IIB", 1969, 1969, 1)))


def tiff(entries, data=b"", following=0):
    """One picture, little-endian; each entry is a tag, a type and a value."""
    body = struct.pack("<H", len(entries))
    for tag, kind, value in sorted(entries):
        body += struct.pack("<HHII", tag, kind, 1, value)
    return b"II*\0" + struct.pack("<I", 8) + body + struct.pack("<I", following) + data


def bilevel(width, height, compression, length, place=134):
    return [(256, 4, width), (257, 4, height), (258, 3, 1), (259, 3, compression), (262, 3, 0), (273, 4, place), (277, 3, 1), (278, 4, height), (279, 4, length)]


def tiffs():
    yield "fax-bomb.tif", "refused", tiff(bilevel(60000, 60000, 4, 8), bytes(8))
    yield "fax-of-nothing.tif", "either", tiff(bilevel(1728, 2200, 4, 8), bytes(8))
    yield "most-pixels.tif", "refused", tiff(bilevel(0xFFFFFFFF, 0xFFFFFFFF, 1, 8), bytes(8))
    yield "outside.tif", "either", tiff(bilevel(800, 1000, 1, 100000, 0x7FFFFFF0))
    yield "loop.tif", "either", tiff(bilevel(800, 1000, 1, 100000), bytes(100000), following=8)
    pages, place = b"II*\0" + struct.pack("<I", 8), 8
    for number in range(10000):
        entries = bilevel(8, 8, 1, 8, 0)
        place += 2 + 12 * len(entries) + 4
        pages += struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
        pages += struct.pack("<I", place if number < 9999 else 0)
    yield "10000-pages.tif", "refused", pages
    yield "no-pages.tif", "refused", b"II*\0\0\0\0\0"
    yield "many-entries.tif", "refused", b"MM\0*" + struct.pack(">I", 8) + struct.pack(">H", 65535) + bytes(65535)
    bits = [(256, 4, 800), (257, 4, 1000), (258, 3, 64), (259, 3, 1), (262, 3, 2), (273, 4, 134), (277, 3, 60000), (278, 4, 1000), (279, 4, 8)]
    yield "60000-samples.tif", "refused", tiff(bits, bytes(8))


def jpegs():
    start = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\1\1\x2c\1\x2c\0\0"
    frame = b"\xff\xc0\0\x0b\x08" + struct.pack(">HH", 65500, 65500) + b"\1\1\x11\0"
    yield "bomb.jpg", "refused", start + frame + b"\xff\xda\0\x08\1\1\0\0\x3f\0" + bytes(100) + b"\xff\xd9"
    yield "only-start.jpg", "refused", start
    yield "endless-marker.jpg", "refused", start + b"\xff" * 100000
    scans = (b"\xff\xc4\0\x14\0" + bytes([1] + [0] * 16) + b"\xff\xda\0\x08\1\1\0\0\0\0\0") * 5000
    yield "many-scans.jpg", "either", start + b"\xff\xc2\0\x0b\x08" + struct.pack(">HH", 3000, 3000) + b"\1\1\x11\0" + scans


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    others = [("form.html", "refused", b"<html><body>1500</body></html>"), ("form.gif", "refused", b"GIF89a" + bytes(100)), ("form.zip", "refused", b"PK\x05\x06" + bytes(18))]
    made = [*pdfs(), *pngs(), *tiffs(), *jpegs(), *others]
    for name, expected, data in made:
        if "--quick" in sys.argv and name in SLOW:
            continue
        (folder / name).write_bytes(data)
        print(name, expected)


if __name__ == "__main__":
    main()
